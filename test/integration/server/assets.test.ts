import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { STUB_FILES } from '../../support/stub-build.ts';

let casement: Casement;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawRequest({ port: casement.port, method, path, headers: { host: casement.host, ...headers } });

type Packed = { readonly encoding: string | undefined; readonly bytes: Buffer };

function unpack({ encoding, bytes }: Packed): Buffer {
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}

/** The body as it came over the wire. */
function askBytes(path: string, acceptEncoding: string): Promise<Packed> {
  return new Promise((resolve, reject) => {
    const headers = { host: casement.host, 'accept-encoding': acceptEncoding };
    const sent = request({ host: '127.0.0.1', port: casement.port, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      answer.on('end', () => resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end();
  });
}

test.each([
  ['/loader.js', 'public, max-age=300'],
  ['/loader/AAAAAAAA.js', 'public, max-age=31536000, immutable'],
  ['/assets/loader-AAAAAAAA.js', 'public, max-age=31536000, immutable'],
])('%s is the loader for everyone, with exactly the headers of public code', async (path, cacheControl) => {
  const answers = await Promise.all([
    ask(path),
    ask(path, { origin: 'https://evil.example', referer: 'https://evil.example/', cookie: 'a=b' }),
  ]);
  for (const { status, headers, body } of answers) {
    const { date: _date, 'x-request-id': _id, connection: _connection, ...fixed } = headers;
    expect(status).toBe(200);
    expect(body).toBe(STUB_FILES['loader-AAAAAAAA.js']);
    expect(fixed).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(body.length),
      'cache-control': cacheControl,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      vary: 'Accept-Encoding',
    });
  }
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['br;q=0.5, gzip', 'br'],
  ['gzip', 'gzip'],
  ['*', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['deflate', undefined],
  ['identity', undefined],
  ['', undefined],
  ['br;q=0, gzip;q=0, identity;q=0', undefined],
])('Accept-Encoding "%s" gets %s', async (accepted, encoding) => {
  const answer = await askBytes('/assets/frame-BBBBBBBB.js', accepted);
  expect(answer.encoding).toBe(encoding);
  expect(unpack(answer).toString()).toBe(STUB_FILES['frame-BBBBBBBB.js']);
});

test('answers 304 to whoever has these bytes in this encoding', async () => {
  const plain = await ask('/loader.js');
  const packed = await ask('/loader.js', { 'accept-encoding': 'br' });
  expect(packed.headers.etag).not.toBe(plain.headers.etag);
  const etag = String(plain.headers.etag);
  expect(await ask('/loader.js', { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' });
  expect((await ask('/loader.js', { 'if-none-match': etag, 'accept-encoding': 'br' })).status).toBe(200);
});

test('answers HEAD with the headers and nothing else', async () => {
  const answer = await ask('/loader.js', {}, 'HEAD');
  expect(answer).toMatchObject({ status: 200, body: '' });
  expect(answer.headers['content-length']).toBe(String(STUB_FILES['loader-AAAAAAAA.js'].length));
});

test.each([
  '/assets/nothing.js',
  '/assets/loader-AAAAAAAA.js.br',
  '/assets/..%2fmanifest.json',
  '/assets/%2e%2e/manifest.json',
  '/assets/../manifest.json',
  '/assets/',
  '/loader/',
  '/loader/..%2fframe-BBBBBBBB.js',
  '/manifest.json',
])('%s is not there', async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBe(404);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect(answer.headers['cache-control']).toBe('no-store');
});
