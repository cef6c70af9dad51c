import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import type { RawAnswer } from '../../support/raw-http.ts';
import type { Sent } from './api-stage.ts';

const addFormats = addFormatsModule.default;
const schema = v.unknown();
const mediaTypes = v.record(
  v.string(),
  v.looseObject({ schema, 'x-casement-events': v.optional(v.record(v.string(), schema)) }),
);
const headers = v.record(v.string(), v.looseObject({ required: v.optional(v.boolean(), false), schema }));
const operationSchema = v.looseObject({
  operationId: v.string(),
  servers: v.array(v.looseObject({ url: v.string() })),
  parameters: v.array(
    v.looseObject({ name: v.string(), in: v.picklist(['path', 'query', 'header']), required: v.boolean(), schema }),
  ),
  requestBody: v.optional(v.looseObject({ required: v.boolean(), content: mediaTypes })),
  responses: v.record(v.string(), v.looseObject({ headers, content: v.optional(mediaTypes) })),
});
export type Operation = v.InferOutput<typeof operationSchema>;

/** What every server sends, or what only says how to keep and show the bytes. */
const UNDESCRIBED_HEADERS =
  /^(date|connection|keep-alive|transfer-encoding|content-\w+|cache-control|vary|x-content-type-options|cross-origin-[\w-]+|allow)$/;

export type DescribedApi = {
  /** By method and path template, such as `GET /frame/{key}`. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** What the document does not allow of a request; empty if it is as described. */
  findRequestProblems(operation: Operation, sent: Sent): readonly string[];
  /** What the document does not say of an answer; empty if it is as described. */
  findAnswerProblems(operation: Operation, answer: RawAnswer): readonly string[];
};

/** Understands a document as a stranger would, by the standards: references followed, schemas compiled. */
export function readDescribedApi(document: Readonly<Record<string, unknown>>): DescribedApi {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  addFormats(ajv);
  ajv.addVocabulary(['components', 'info', 'openapi', 'paths', 'servers', 'tags', 'jsonSchemaDialect']);
  ajv.addSchema({ ...document, $id: 'api' }, 'api');
  const compiled = new Map<string, ValidateFunction>();

  function problemsOf(of: unknown, value: unknown, where: string): readonly string[] {
    const text = JSON.stringify(of).replaceAll('"#/', '"api#/');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath} ${message}`);
  }

  function findStreamProblems(events: Readonly<Record<string, unknown>>, body: string): readonly string[] {
    const problems: string[] = [];
    let count = 0;
    const parser = createParser({
      onEvent({ event = '', data }) {
        count += 1;
        const of = events[event];
        if (of === undefined) problems.push(`the event "${event}" is not described`);
        else problems.push(...problemsOf(of, JSON.parse(data), `event ${event}`));
      },
    });
    parser.feed(body);
    return count === 0 ? ['the stream has no event'] : problems;
  }

  return {
    operations: readOperations(document),

    findRequestProblems({ parameters, requestBody }, sent) {
      const problems: string[] = [];
      const given = { path: sent.path ?? {}, query: sent.query ?? {}, header: lowerNames(sent.headers ?? {}) };
      for (const { name, in: place, required, schema: of } of parameters) {
        const value = given[place][place === 'header' ? name.toLowerCase() : name];
        if (value !== undefined) problems.push(...problemsOf(of, readText(of, value), `${place} ${name}`));
        else if (required) problems.push(`${place} ${name} is missing`);
      }
      for (const name of Object.keys(given.query)) {
        const isKnown = parameters.some((parameter) => parameter.in === 'query' && parameter.name === name);
        if (!isKnown) problems.push(`query ${name} is not described`);
      }
      if (sent.body === undefined) return requestBody?.required ? [...problems, 'the body is missing'] : problems;
      const { mediaType = 'application/json' } = sent;
      const content = requestBody?.content[mediaType];
      if (content === undefined) return [...problems, `a body of type "${mediaType}" is not described`];
      return [...problems, ...problemsOf(content.schema, sent.body, 'body')];
    },

    findAnswerProblems({ responses }, { status, headers: sent, body }) {
      const described = responses[status];
      if (described === undefined) return [`the status ${status} is not described: ${body.slice(0, 500)}`];
      const problems = findHeaderProblems(described.headers, sent, problemsOf);
      const [type = ''] = (sent['content-type'] ?? '').split(';');
      const content = described.content?.[type];
      if (body === '' && (described.content === undefined || status === 304)) return problems;
      if (content === undefined) return [...problems, `a body of type "${type}" is not described`];
      const events = content['x-casement-events'];
      if (events !== undefined) return [...problems, ...findStreamProblems(events, body)];
      return [
        ...problems,
        ...problemsOf(content.schema, type === 'application/json' ? JSON.parse(body) : body, 'body'),
      ];
    },
  };
}

function findHeaderProblems(
  described: v.InferOutput<typeof headers>,
  sent: RawAnswer['headers'],
  problemsOf: (of: unknown, value: unknown, where: string) => readonly string[],
): readonly string[] {
  const problems: string[] = [];
  const byName = new Map(Object.entries(described).map(([name, header]) => [name.toLowerCase(), header]));
  for (const [name, { required, schema: of }] of byName) {
    const value = sent[name];
    if (value !== undefined) problems.push(...problemsOf(of, readText(of, String(value)), `header ${name}`));
    else if (required) problems.push(`header ${name} is missing`);
  }
  for (const name of Object.keys(sent)) {
    if (!byName.has(name) && !UNDESCRIBED_HEADERS.test(name)) problems.push(`header ${name} is not described`);
  }
  return problems;
}

/** In a path, a query and a header everything is text. */
function readText(of: unknown, text: string): unknown {
  const isNumber = v.is(v.looseObject({ type: v.literal('integer') }), of) && /^\d+$/.test(text);
  return isNumber ? Number(text) : text;
}

function lowerNames(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name.toLowerCase(), text]));
}

function readOperations(document: Readonly<Record<string, unknown>>): ReadonlyMap<string, Operation> {
  const { paths } = v.parse(
    v.looseObject({ paths: v.record(v.string(), v.record(v.string(), v.unknown())) }),
    document,
  );
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(
      ([method, operation]) =>
        [`${method.toUpperCase()} ${path}`, v.parse(operationSchema, followReferences(operation, document))] as const,
    ),
  );
  return new Map(operations);
}

/** Answers and headers are written once and referred to; schemas are left to the validator. */
function followReferences(value: unknown, document: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => followReferences(each, document));
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && typeof value.$ref === 'string' && !value.$ref.startsWith('#/components/schemas/')) {
    const steps = value.$ref.slice('#/'.length).split('/');
    const target = steps.reduce<unknown>((at, step) => Object(at)[step], document);
    return followReferences(target, document);
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, followReferences(each, document)]));
}
