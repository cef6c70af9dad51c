import * as v from 'valibot';
import { afterEach, expect, test, vi } from 'vitest';
import { isPassing } from './api-error.ts';
import { request, requestJson } from './request.ts';

const schema = v.strictObject({ name: v.string() });
const call = { method: 'GET', path: '/thing' } as const;

function answer(response: Response | Promise<never>) {
  const fetch = vi.fn((_path: string, _options: RequestInit) => Promise.resolve(response));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('answers a body that is exactly of its schema', async () => {
  answer(Response.json({ name: 'a' }));
  await expect(requestJson(call, schema)).resolves.toEqual({ name: 'a' });
});

test.each([
  ['an unknown field', '{"name":"a","extra":1}'],
  ['a wrong type', '{"name":1}'],
  ['half a body', '{"name":'],
])('refuses %s', async (_, body) => {
  answer(new Response(body));
  await expect(requestJson(call, schema)).rejects.toMatchObject({ code: 'UNREADABLE_ANSWER' });
});

test('sends the token in its header and the body as JSON, and follows no redirect', async () => {
  const fetch = answer(new Response(null, { status: 204 }));
  await request({
    method: 'POST',
    path: '/chat',
    body: { text: 'a' },
    access: { token: 'secret', verifier: undefined },
  });
  const [path, options] = fetch.mock.calls[0] ?? [];
  expect(path).toBe('/api/v1/widget/chat');
  expect(options).toMatchObject({ method: 'POST', body: '{"text":"a"}', redirect: 'error', cache: 'no-store' });
  const headers = new Headers(options?.headers);
  expect(headers.get('authorization')).toBe('Bearer secret');
  expect(headers.get('content-type')).toBe('application/json');
});

const errorBody = (code: string) => ({ error: { code, message: 'No.', requestId: 'r1' } });

test.each([
  ['STORE_UNAVAILABLE', 503, true],
  ['TOO_MANY_STREAMS', 429, true],
  ['INTERNAL', 500, true],
  ['SESSION_EXPIRED', 401, false],
  ['INVALID_REQUEST', 400, false],
  ['CONVERSATION_NOT_FOUND', 404, false],
])('tells %s by its code, and whether it passes', async (code, status, passes) => {
  answer(Response.json(errorBody(code), { status, headers: { 'retry-after': '7' } }));
  const error = await request(call).catch((reason) => reason);
  expect(error).toMatchObject({ code, status, retryAfterSeconds: 7 });
  expect(isPassing(error)).toBe(passes);
});

test.each([
  ['90', true],
  ['91', false],
  ['40000', false],
])('waits for a limit that ends in %s seconds, or does not', async (seconds, passes) => {
  answer(Response.json(errorBody('RATE_LIMITED'), { status: 429, headers: { 'retry-after': seconds } }));
  expect(isPassing(await request(call).catch((reason) => reason))).toBe(passes);
});

test('takes the words of a proxy in between for what their status says', async () => {
  answer(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  const error = await request(call).catch((reason) => reason);
  expect(error).toMatchObject({ code: 'UNREADABLE_ANSWER', status: 502 });
  expect(isPassing(error)).toBe(true);
});

test('says that nobody was reached when there is no answer', async () => {
  answer(Promise.reject(new TypeError('Failed to fetch')));
  const error = await request(call).catch((reason) => reason);
  expect(error).toMatchObject({ code: 'UNREACHABLE' });
  expect(isPassing(error)).toBe(true);
});
