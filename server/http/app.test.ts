import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { pino } from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseOrigin } from '../../shared/origin.ts';
import { type RawRequest, rawRequest } from '../../test/support/raw-http.ts';
import { AppError } from '../errors.ts';
import { createApp } from './app.ts';
import { createGuardedRouter, defineRoute, type Guards } from './guarded-router.ts';
import { parseBody } from './parse-body.ts';
import { parseQuery } from './parse-query.ts';

const ORIGIN = parseOrigin('http://widget.localhost:4400') ?? expect.fail('not an origin');
const refuse = async () => {
  throw new AppError('SESSION_MISSING');
};
const GUARDS: Guards = {
  public: async () => undefined,
  reader: refuse,
  admin: refuse,
  'claimed-embedder': refuse,
  'claimed-dashboard': refuse,
  'claimed-preview': refuse,
  frame: async () => undefined,
  visitor: refuse,
};
const bodySchema = v.strictObject({ text: v.string(), list: v.optional(v.array(v.strictObject({ n: v.number() }))) });

let server: Server;
let isStopping = false;
let port: number;

beforeAll(async () => {
  const { koa } = createApp({
    origins: { widgetOrigin: ORIGIN, settingsOrigin: undefined },
    dashboardOrigins: [],
    log: pino({ level: 'silent' }),
    guards: GUARDS,
    toAppError: (error) =>
      error instanceof RangeError ? new AppError('STORE_UNAVAILABLE', { cause: error }) : undefined,
    isStopping: () => isStopping,
    trustProxyHops: 0,
    now: () => new Date(),
    routes: [
      defineRoute({
        method: 'POST',
        path: '/echo',
        guard: 'public',
        async handle(ctx) {
          ctx.body = await parseBody(ctx, bodySchema);
        },
      }),
      defineRoute({
        method: 'GET',
        path: '/query',
        guard: 'public',
        handle(ctx) {
          ctx.body = parseQuery(ctx, v.strictObject({ a: v.optional(v.string()) }));
        },
      }),
      defineRoute({ method: 'GET', path: '/closed', guard: 'visitor', handle: () => expect.fail('got in') }),
      defineRoute({
        method: 'GET',
        path: '/broken/:how',
        guard: 'public',
        handle(ctx) {
          ctx.set('Access-Control-Allow-Origin', '*');
          throw ctx.params.how === 'store' ? new RangeError('password hunter2') : new Error('password hunter2');
        },
      }),
    ],
  });
  server = createServer(koa.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : expect.fail('no port');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function ask(request: Omit<RawRequest, 'port'>) {
  const answer = await rawRequest({ port, ...request, headers: { host: 'widget.localhost:4400', ...request.headers } });
  return { ...answer, error: answer.body.startsWith('{"error"') ? JSON.parse(answer.body).error : undefined };
}

const send = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  ask({ method: 'POST', path: '/echo', body, headers });

test('answers what the schema made of the body', async () => {
  expect(await send('{"text":"a"}')).toMatchObject({ status: 200, body: '{"text":"a"}' });
});

test.each([
  ['malformed JSON', '{"text":', 400, undefined],
  ['nothing', '', 400, undefined],
  ['a list', '[]', 400, undefined],
  ['an unknown field', '{"text":"a","more":1}', 400, 'more'],
  ['a wrong type', '{"text":1}', 400, 'text'],
  ['an operator instead of a text', '{"text":{"$gt":""}}', 400, 'text'],
  ['a wrong type deep inside', '{"text":"a","list":[{"n":1},{"n":"2"}]}', 400, 'list.1.n'],
  ['a prototype', '{"text":"a","__proto__":{"x":1}}', 400, '__proto__'],
  ['a body that nests 10,000 times', `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400, 'text'],
])('refuses %s and names the field', async (_what, body, status, field) => {
  const answer = await send(body);
  expect(answer.status).toBe(status);
  expect(answer.error).toMatchObject({ code: 'INVALID_REQUEST', requestId: answer.headers['x-request-id'] });
  expect(answer.error.field).toBe(field);
});

test('refuses bytes that are not UTF-8', async () => {
  const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]).toString('latin1');
  expect((await send(body)).status).toBe(400);
});

test('takes 64 KiB and refuses one byte more', async () => {
  const bodyOf = (bytes: number) => `{"text":"${'x'.repeat(bytes - 11)}"}`;
  expect((await send(bodyOf(65_536))).status).toBe(200);
  expect(await send(bodyOf(65_537))).toMatchObject({ status: 413, error: { code: 'BODY_TOO_LARGE' } });
});

test.each([
  ['text/plain'],
  ['application/x-www-form-urlencoded'],
  ['multipart/form-data; boundary=x'],
  ['application/json-patch+json'],
])('refuses a body of type %s', async (type) => {
  expect((await send('{"text":"a"}', { 'content-type': type })).error.code).toBe('UNSUPPORTED_MEDIA_TYPE');
});

test('refuses a compressed body', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  expect((await send('{"text":"a"}', headers)).error.code).toBe('UNSUPPORTED_MEDIA_TYPE');
});

test.each([
  ['a=1&a=2', 'a'],
  ['a=1&b=2', 'b'],
  ['a[$ne]=1', 'a[$ne]'],
  ['a[]=1', 'a[]'],
  ['__proto__=1', '__proto__'],
])('refuses the query %s and names what is wrong', async (query, field) => {
  expect((await ask({ path: `/query?${query}` })).error).toMatchObject({ code: 'INVALID_REQUEST', field });
});

test.each([
  ['GET', '/nowhere', 404, 'NOT_FOUND'],
  ['GET', '/echo/', 404, 'NOT_FOUND'],
  ['GET', '/ECHO', 404, 'NOT_FOUND'],
  ['GET', '/closed', 401, 'SESSION_MISSING'],
])('answers %s %s with %i %s', async (method, path, status, code) => {
  expect(await ask({ method, path })).toMatchObject({ status, error: { code } });
});

test.each([['OPTIONS'], ['GET'], ['PUT'], ['PATCH'], ['TRACE']])(
  'answers %s with 405 and what is allowed',
  async (method) => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await ask({ method, path: '/echo', headers });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' }, error: { code: 'METHOD_NOT_ALLOWED' } });
    expect(Object.keys(answer.headers).join()).not.toContain('access-control');
  },
);

test('tells a stranger nothing of an error but its id, and takes back the headers set before it', async () => {
  const answer = await ask({ path: '/broken/anyhow' });
  expect(answer.status).toBe(500);
  expect(answer.error).toEqual({
    code: 'INTERNAL',
    message: 'Something went wrong',
    requestId: answer.headers['x-request-id'],
  });
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('keeps the code of a store that is down', async () => {
  const answer = await ask({ path: '/broken/store' });
  expect(answer).toMatchObject({ status: 503, error: { code: 'STORE_UNAVAILABLE' } });
  expect(answer.body).not.toContain('hunter2');
});

/** Sends bytes as they are and answers the status line. */
function sendBytes(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk)).on('error', reject);
    socket.on('end', () => resolve(answer.split('\r\n', 1)[0] ?? ''));
  });
}

const HOST = 'Host: widget.localhost:4400';

test.each([
  ['two hosts', `GET /query HTTP/1.1\r\n${HOST}\r\nHost: evil.example\r\n`],
  ['no host', 'GET /query HTTP/1.1\r\n'],
  ['a host with a user', 'GET /query HTTP/1.1\r\nHost: evil.com:x@widget.localhost\r\n'],
  ['a host with a path', 'GET /query HTTP/1.1\r\nHost: widget.localhost/x\r\n'],
  ['two origins', `GET /query HTTP/1.1\r\n${HOST}\r\nOrigin: ${ORIGIN}\r\norigin: https://evil.example\r\n`],
  ['two tokens', `GET /query HTTP/1.1\r\n${HOST}\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n`],
  ['two lengths', `POST /echo HTTP/1.1\r\n${HOST}\r\nContent-Length: 1\r\nContent-Length: 2\r\n`],
  ['a length and chunks', `POST /echo HTTP/1.1\r\n${HOST}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n`],
  ['a foreign absolute target', `GET http://evil.example/query HTTP/1.1\r\n${HOST}\r\n`],
  ['an absolute target that begins like ours', `GET ${ORIGIN}.evil.example/query HTTP/1.1\r\n${HOST}\r\n`],
  ['a target that cannot be read', `GET http://[::/query HTTP/1.1\r\n${HOST}\r\n`],
  ['a target without a slash', `GET query HTTP/1.1\r\n${HOST}\r\n`],
])('case 48: answers %s with 400', async (_what, head) => {
  expect(await sendBytes(`${head}Connection: close\r\n\r\n`)).toBe('HTTP/1.1 400 Bad Request');
});

test('case 48: understands the own origin as an absolute target', async () => {
  expect(await sendBytes(`GET ${ORIGIN}/query HTTP/1.1\r\n${HOST}\r\nConnection: close\r\n\r\n`)).toBe(
    'HTTP/1.1 200 OK',
  );
});

test('while it stops, refuses everything and asks for the connection to be closed', async () => {
  isStopping = true;
  try {
    const answer = await ask({ path: '/query' });
    expect(answer).toMatchObject({ status: 503, error: { code: 'SHUTTING_DOWN' } });
    expect(answer.headers).toMatchObject({ connection: 'close', 'retry-after': '1' });
  } finally {
    isStopping = false;
  }
});

test('a route without a known guard does not register', () => {
  const route = { method: 'GET', path: '/open', guard: 'nobody', run: async () => {} } as const;
  // The compiler refuses the route too; this is about code that got past it.
  expect(() =>
    createGuardedRouter([Object.assign(defineRoute({ ...route, guard: 'public', handle() {} }), route)], GUARDS),
  ).toThrow('Route "GET /open" has no known guard');
});

test('a route is declared once', () => {
  const route = defineRoute({ method: 'GET', path: '/twice', guard: 'public', handle() {} });
  expect(() => createGuardedRouter([route, route], GUARDS)).toThrow('Route "GET /twice" is declared twice');
});
