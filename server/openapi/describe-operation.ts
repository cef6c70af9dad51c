import { adminQueryEntries } from '../http/admin-query.ts';
import type { Method } from '../http/guarded-router.ts';
import { describeRefusals } from './describe-refusals.ts';
import { GUARD_DOCS } from './guard-docs.ts';
import { type HeaderName, headersOf } from './headers.ts';
import { type Json, toSchema } from './json-schema.ts';
import { type AnswerDoc, explainQuery, type OperationDoc, type ParameterDoc } from './operation.ts';

const WIDGET_QUERY = explainQuery(adminQueryEntries, {
  widget: 'Which of the company’s widgets is meant.',
});

/** One operation as the document has it (https://spec.openapis.org/oas/v3.1.1.html#operation-object). */
export function describeOperation(method: Method, doc: OperationDoc): Json {
  const { id, summary, about, tag, guard, permission, body } = doc;
  const permits = permission && `The caller's role has to permit \`${permission}\`.`;
  const description = [about, permits].filter((part) => part !== undefined).join('\n\n');
  return {
    operationId: id,
    summary,
    ...(description !== '' && { description }),
    tags: [tag],
    security: GUARD_DOCS[guard].security,
    'x-casement-origin': GUARD_DOCS[guard].surface,
    ...(permission !== undefined && { 'x-casement-permission': permission }),
    parameters: describeParameters(method, doc),
    ...(body !== undefined && { requestBody: describeBody(body) }),
    responses: { ...describeSuccesses(doc), ...describeRefusals(doc) },
  };
}

function describeParameters(method: Method, { guard, path, query, headers }: OperationDoc): readonly Json[] {
  const { headers: guardHeaders, writeHeaders } = GUARD_DOCS[guard];
  const widget = guard === 'admin' ? WIDGET_QUERY : {};
  const needed = method === 'GET' ? {} : writeHeaders;
  return [
    ...parametersIn('path', path, 'required'),
    ...parametersIn('query', { ...query, ...widget }),
    ...parametersIn('header', { ...guardHeaders, ...headers }),
    ...parametersIn('header', needed, 'required'),
  ];
}

function parametersIn(
  place: 'path' | 'query' | 'header',
  docs: Readonly<Record<string, ParameterDoc>> = {},
  need?: 'required',
): readonly Json[] {
  return Object.entries(docs).map(([name, { schema, about }]) => ({
    name,
    in: place,
    description: about,
    required: need === 'required' || (place === 'query' && !schema.type.includes('optional')),
    schema: withNumber(toSchema(schema)),
  }));
}

/** A default is written as it would be in the query. */
function withNumber({ default: written, ...schema }: Json): Json {
  if (written === undefined) return schema;
  return { ...schema, default: schema.type === 'integer' ? Number(written) : written };
}

function describeBody({ schema, mediaTypes = ['application/json'], isOptional }: NonNullable<OperationDoc['body']>) {
  const json = toSchema(schema);
  return {
    required: isOptional !== true,
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: json }])),
  };
}

function describeSuccesses({ guard, answers }: OperationDoc): Json {
  const { tellsLimit, signs } = GUARD_DOCS[guard];
  const entries = Object.entries(answers).map(([status, answer]): [string, Json] => {
    const limit: readonly HeaderName[] = tellsLimit ? ['RateLimit-Policy', 'RateLimit'] : [];
    const signature: readonly HeaderName[] = signs === 'never' || !answer.schema ? [] : ['Casement-Signature'];
    // Of an operation that answers a stream as well, only the JSON is signed as a whole.
    const isAlwaysSigned = signs === 'always' && answer.events === undefined;
    const headers = {
      ...headersOf(['X-Request-Id', ...limit, ...signature], [...limit, ...(isAlwaysSigned ? signature : [])]),
      ...ownHeaders(answer),
    };
    return [status, { description: answer.about, headers, ...contentOf(answer) }];
  });
  return Object.fromEntries(entries);
}

function ownHeaders({ headers = {} }: AnswerDoc): Json {
  const entries = Object.entries(headers).map(([name, description]): [string, Json] => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return Object.fromEntries(entries);
}

function contentOf({ schema, events, mediaTypes = [] }: AnswerDoc): Json {
  const content: Record<string, Json> = {};
  if (events !== undefined) content['text/event-stream'] = describeStream(events);
  if (schema !== undefined) content['application/json'] = { schema: toSchema(schema) };
  for (const mediaType of mediaTypes) content[mediaType] = { schema: { type: 'string' } };
  return Object.keys(content).length === 0 ? {} : { content };
}

/** OpenAPI 3.1 has no words for the events of a stream, so an extension has them: the schema of each event's data. */
function describeStream(events: NonNullable<AnswerDoc['events']>): Json {
  const schemas = Object.entries(events).map(([name, schema]): [string, Json] => [name, toSchema(schema)]);
  return {
    schema: { type: 'string', description: `Server-sent events: ${Object.keys(events).join(', ')}.` },
    'x-casement-events': Object.fromEntries(schemas),
  };
}
