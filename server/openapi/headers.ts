import type { Json } from './json-schema.ts';

/** Headers of answers that more than one operation has. */
export const HEADERS = {
  'X-Request-Id': {
    description: 'Names the request; it is in the log lines of the server and in the body of an error.',
    schema: { type: 'string', format: 'uuid' },
    required: true,
  },
  'RateLimit-Policy': {
    description:
      'The limit that is nearest to its end: its name, how often (`q`) in how many seconds (`w`). ' +
      'draft-ietf-httpapi-ratelimit-headers-10.',
    schema: { type: 'string', pattern: '^"[a-z-]+";q=\\d+;w=\\d+$' },
    required: false,
  },
  RateLimit: {
    description: 'What is left of it (`r`), and in how many seconds all of it is there again (`t`).',
    schema: { type: 'string', pattern: '^"[a-z-]+";r=\\d+;t=\\d+$' },
    required: false,
  },
  'Retry-After': {
    description: 'In how many seconds it is worth asking again.',
    schema: { type: 'integer', minimum: 1 },
    required: false,
  },
  'WWW-Authenticate': {
    description: 'What kind of token is missing or wrong.',
    schema: { const: 'Bearer' },
    required: true,
  },
  'Casement-Signature': {
    description:
      'What proves that the answer is this server’s, unchanged: HMAC-SHA256 of `t.method.path.status.sha256(body)`. ' +
      'While a key is replaced there are two, separated by a comma.',
    schema: {
      type: 'string',
      pattern: '^t=\\d{1,12},kid=[\\w.-]{1,64},v1=[0-9a-f]{64}(, ?t=\\d{1,12},kid=[\\w.-]{1,64},v1=[0-9a-f]{64})*$',
    },
    required: false,
  },
} as const satisfies Readonly<Record<string, Json>>;
export type HeaderName = keyof typeof HEADERS;

/** References to the headers; those in `required` are on every such answer. */
export function headersOf(names: readonly HeaderName[], required: readonly HeaderName[] = []): Json {
  const entries = names.map((name): [string, Json] => {
    const isAlways = required.includes(name) && !HEADERS[name].required;
    return [name, isAlways ? { ...HEADERS[name], required: true } : { $ref: `#/components/headers/${name}` }];
  });
  return Object.fromEntries(entries);
}
