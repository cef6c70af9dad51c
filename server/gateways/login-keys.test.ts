import { createServer, type RequestListener, type Server } from 'node:http';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAdminLogin } from '../domain/admin-login.ts';
import { createLoginKeys } from './login-keys.ts';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

const RULES = {
  algorithm: 'RS256',
  issuer: 'https://login.example/',
  audience: 'casement',
  maxAgeSeconds: 3_600,
  companyClaim: 'company_id',
  roleClaim: 'role',
};
const NOW = new Date('2030-01-01T12:00:00Z');

let rsa: KeyPair;
let otherRsa: KeyPair;
let keys: JWK[];
let server: Server;
let answer: RequestListener;
let requests: number;
let connections: number;
let elapsedMs: number;

beforeAll(async () => {
  [rsa, otherRsa] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ]);
});

beforeEach(async () => {
  requests = 0;
  connections = 0;
  elapsedMs = 0;
  keys = [{ ...(await exportJWK(rsa.publicKey)), kid: 'one' }];
  answer = (_request, response) => response.end(JSON.stringify({ keys }));
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function urlOf(host: string, scheme = 'http'): string {
  const address = server.address();
  return `${scheme}://${host}:${typeof address === 'object' ? address?.port : ''}/jwks`;
}

function createLogin({ url = urlOf('127.0.0.1'), allowsLoopback = true } = {}) {
  const key = createLoginKeys({ url, allowsLoopback, now: () => elapsedMs, timeoutMs: 300 });
  return createAdminLogin({ rules: RULES, key, clock: { now: () => NOW } });
}

function sign(key: Parameters<SignJWT['sign']>[0], header: { alg?: string; kid?: string } = {}): Promise<string> {
  const claims = { sub: 'ada', company_id: 'acme', role: 'admin', iss: RULES.issuer, aud: RULES.audience };
  return new SignJWT({ ...claims, exp: NOW.getTime() / 1000 + 60 })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);
}

describe('a login with public keys', () => {
  test('accepts what it signed, and fetches its keys once', async () => {
    const login = createLogin();
    const token = await sign(rsa.privateKey, { kid: 'one' });
    expect(await login.verify(token)).toEqual({ companyId: 'acme', subject: 'ada', role: 'admin' });
    await login.verify(await sign(rsa.privateKey));
    expect(requests).toBe(1);
  });

  test('case 58: refuses HS256 signed with its public key', async () => {
    const login = createLogin();
    const { n = '' } = await exportJWK(rsa.publicKey);
    for (const secret of [await exportSPKI(rsa.publicKey), n, JSON.stringify(keys[0])]) {
      const token = await sign(new TextEncoder().encode(secret), { alg: 'HS256', kid: 'one' });
      await expect(login.verify(token)).rejects.toMatchObject({ code: 'ADMIN_TOKEN_INVALID' });
    }
  });

  test.each(['PS256', 'RS512'])('case 58: refuses %s under a key that could do it', async (alg) => {
    const jwk = { ...(await exportJWK(rsa.privateKey)), alg };
    const token = await sign(await importJWK(jwk, alg), { alg, kid: 'one' });
    await expect(createLogin().verify(token)).rejects.toMatchObject({ code: 'ADMIN_TOKEN_INVALID' });
  });

  test('case 58: refuses a token without kid when two keys could be meant', async () => {
    keys.push({ ...(await exportJWK(otherRsa.publicKey)), kid: 'two' });
    const login = createLogin();
    await expect(login.verify(await sign(rsa.privateKey))).rejects.toMatchObject({ code: 'ADMIN_TOKEN_INVALID' });
    expect(await login.verify(await sign(otherRsa.privateKey, { kid: 'two' }))).toMatchObject({ subject: 'ada' });
  });

  test('refuses unknown keys without asking for them again and again', async () => {
    const login = createLogin();
    for (const kid of ['x', 'y', 'z']) {
      const token = await sign(otherRsa.privateKey, { kid });
      await expect(login.verify(token)).rejects.toMatchObject({ code: 'ADMIN_TOKEN_INVALID' });
    }
    expect(requests).toBe(1);
  });
});

describe('keys that cannot be had are LOGIN_UNAVAILABLE, not a bad token', () => {
  const verify = async (login = createLogin()) => login.verify(await sign(rsa.privateKey, { kid: 'one' }));
  const UNAVAILABLE = { code: 'LOGIN_UNAVAILABLE' };

  test.each<[string, RequestListener]>([
    ['an error', (_request, response) => response.writeHead(500).end()],
    ['a redirect', (_request, response) => response.writeHead(302, { location: urlOf('127.0.0.1') }).end()],
    ['no JSON', (_request, response) => response.end('<html>')],
    ['no key set', (_request, response) => response.end('{"keys":"none"}')],
    ['300 KiB', (_request, response) => response.end(`{"keys":[],"x":"${'x'.repeat(300 * 1024)}"}`)],
    ['half an answer', (_request, response) => response.writeHead(200, { 'content-length': 99 }).write('{"keys"')],
    ['silence', () => {}],
  ])('after %s', async (_what, listener) => {
    answer = listener;
    await expect(verify()).rejects.toMatchObject(UNAVAILABLE);
    expect(requests).toBe(1);
  });

  test('when nobody listens', async () => {
    const url = urlOf('127.0.0.1');
    await new Promise((resolve) => server.close(resolve));
    await expect(verify(createLogin({ url }))).rejects.toMatchObject(UNAVAILABLE);
  });

  test.each([
    ['an address', '127.0.0.1', 'http'],
    ['a name', 'localhost', 'http'],
    ['a mapped address', '[::ffff:127.0.0.1]', 'http'],
    ['an address written as a number', '2130706433', 'http'],
    ['an address over TLS', '127.0.0.1', 'https'],
  ])('when %s leads into our own network, and then nobody is asked', async (_what, host, scheme) => {
    const login = createLogin({ url: urlOf(host, scheme), allowsLoopback: false });
    await expect(verify(login)).rejects.toMatchObject(UNAVAILABLE);
    expect(connections).toBe(0);
  });

  test('when a private address is named where loopback is allowed', async () => {
    for (const host of ['10.255.255.1', '169.254.169.254']) {
      await expect(verify(createLogin({ url: urlOf(host) }))).rejects.toMatchObject(UNAVAILABLE);
    }
  });

  test('and are not asked for again until five seconds have passed', async () => {
    answer = (_request, response) => response.writeHead(500).end();
    const login = createLogin();
    for (const ms of [0, 4_999]) {
      elapsedMs = ms;
      await expect(verify(login)).rejects.toMatchObject(UNAVAILABLE);
    }
    expect(requests).toBe(1);
    answer = (_request, response) => response.end(JSON.stringify({ keys }));
    elapsedMs = 5_000;
    expect(await verify(login)).toMatchObject({ subject: 'ada' });
  });
});
