import type { Method } from '../http/guarded-router.ts';
import { describeOperation } from './describe-operation.ts';
import { describeCommonRefusals } from './describe-refusals.ts';
import { HEADERS } from './headers.ts';
import { type Json, toComponents } from './json-schema.ts';
import { TAGS } from './operation.ts';
import { ALL_OPERATIONS } from './operations/all-operations.ts';

const DESCRIPTION = `The HTTP API of Casement, a self-hosted chat widget.

The widget origin (\`PUBLIC_URL\`) answers the frame, host pages and backends; the settings origin (\`SETTINGS_URL\`) answers
admins. Every operation says on which of them it is. What is not there at all is \`404 NOT_FOUND\`, another method than those
listed is \`405 METHOD_NOT_ALLOWED\` with \`Allow\`. Every \`GET\` answers \`HEAD\` as well.

Each refusal has the body \`{"error":{"code","message","requestId"}}\`. A code is a contract and never changes; the message is
for people. Names that an operation does not list, in a body or in a query, are refused.`;

const SECURITY_SCHEMES = {
  session: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The token of a visitor’s session: the answer of `openSession`, kept in the memory of the frame.',
  },
  companyLogin: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of the company’s own login, with a subject, a company and a role; docs/admin-login.md.',
  },
};

/**
 * The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html) of every route, but for `servers`: which addresses
 * the two origins have is known when the server starts.
 */
export function createDocument(): Json {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Casement', version: '1', license: { name: 'MIT', identifier: 'MIT' }, description: DESCRIPTION },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: describePaths(),
    components: {
      schemas: toComponents(),
      responses: describeCommonRefusals(),
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function describePaths(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [route, doc] of Object.entries(ALL_OPERATIONS)) {
    const { method, path } = readRoute(route);
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    const operations = paths[template] ?? {};
    paths[template] = { ...operations, [method.toLowerCase()]: describeOperation(method, doc) };
  }
  return paths;
}

function readRoute(route: string): { readonly method: Method; readonly path: string } {
  const [method, path = ''] = route.split(' ');
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE') return { method, path };
  throw new TypeError(`"${route}" is not a method and a path`);
}
