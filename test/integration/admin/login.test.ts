import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { ADMIN_SECRET, signAdminToken } from '../../support/admin-token.ts';
import { openVisitor } from '../../support/frame-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const COMPANY = { company: randomUUID() };
const SHOP = 'https://shop.example';
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;
const CLAIMS: JWTPayload = { sub: 'ada', company_id: COMPANY.company, role: 'owner', exp: seconds(300) };

let casement: Casement;

beforeAll(async () => {
  const { adminLogin } = readConfig({
    JWT_SECRET: ADMIN_SECRET,
    JWT_ISSUER: 'https://login.example/',
    JWT_AUDIENCE: 'casement',
  }).config;
  casement = await startCasement({ config: { adminLogin } });
});
afterAll(() => casement.stop());

const ask = async (token: string) => {
  const { status, json, headers } = await askAdmin(casement, COMPANY, { path: '/settings', token });
  return { status, json, code: json.error?.code, headers };
};

/** Over claims that are right; `undefined` leaves one out. */
function sign(
  claims: Readonly<Record<string, unknown>> = {},
  header: Partial<JWTHeaderParameters> = {},
  secret = ADMIN_SECRET,
) {
  return new SignJWT({ ...CLAIMS, iss: 'https://login.example/', aud: 'casement', ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(secret));
}

/** A token whose header is written by hand and whose signature is right all the same. */
async function signRaw(header: object): Promise<string> {
  const key = new TextEncoder().encode(ADMIN_SECRET);
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const content = `${base64url(header)}.${base64url({ ...CLAIMS, iss: 'https://login.example/', aud: 'casement' })}`;
  const signature = await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(content));
  return `${content}.${Buffer.from(signature).toString('base64url')}`;
}

describe('a token of the login', () => {
  test('is accepted, so that the refusals below mean something', async () => {
    expect((await ask(await sign())).json.you).toEqual({ subject: 'ada', role: 'owner' });
    expect((await ask(await sign({}, { kid: 'key-1', typ: 'JWT' }))).status).toBe(200);
    expect((await ask(await signRaw({ alg: 'HS256' }))).status).toBe(200);
  });

  test('may give the company as a number, and several roles of which the most powerful counts', async () => {
    const { json } = await ask(await sign({ company_id: 42, role: ['someone', 'viewer', 'editor'] }));
    expect(json.you.role).toBe('editor');
  });

  test('may be half a minute late', async () => {
    expect((await ask(await sign({ exp: seconds(-20) }))).status).toBe(200);
    expect((await ask(await sign({ exp: seconds(-40) }))).code).toBe('ADMIN_TOKEN_EXPIRED');
    expect((await ask(await sign({ nbf: seconds(40) }))).code).toBe('ADMIN_TOKEN_INVALID');
  });
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaToken = (alg: string) => new SignJWT(CLAIMS).setProtectedHeader({ alg }).sign(privateKey);
const unsigned = (alg: string) => `${base64url({ alg })}.${base64url(CLAIMS)}.`;

describe('case 58: nothing else gets in, and 401 says so', () => {
  test.each<[string, () => string | Promise<string>, string]>([
    ['no token', () => '', 'ADMIN_TOKEN_MISSING'],
    ['a word', () => 'word', 'ADMIN_TOKEN_INVALID'],
    ['three dots', () => '...', 'ADMIN_TOKEN_INVALID'],
    ['an unsigned token', () => unsigned('none'), 'ADMIN_TOKEN_INVALID'],
    ['an unsigned token in capitals', () => unsigned('NONE'), 'ADMIN_TOKEN_INVALID'],
    ['a token without a signature', () => unsigned('HS256'), 'ADMIN_TOKEN_INVALID'],
    ['the right claims under another secret', () => sign({}, {}, 'x'.repeat(32)), 'ADMIN_TOKEN_INVALID'],
    ['HS512 with the right secret', () => sign({}, { alg: 'HS512' }), 'ADMIN_TOKEN_INVALID'],
    ['RS256', () => rsaToken('RS256'), 'ADMIN_TOKEN_INVALID'],
    ['PS256', () => rsaToken('PS256'), 'ADMIN_TOKEN_INVALID'],
    ['no end', () => sign({ exp: undefined }), 'ADMIN_TOKEN_INVALID'],
    ['an end that is a text', () => sign({ exp: 'never' }), 'ADMIN_TOKEN_INVALID'],
    ['an end that is over', () => sign({ exp: seconds(-3_600) }), 'ADMIN_TOKEN_EXPIRED'],
    ['no subject', () => sign({ sub: undefined }), 'ADMIN_TOKEN_INVALID'],
    ['another issuer', () => sign({ iss: 'https://evil.example/' }), 'ADMIN_TOKEN_INVALID'],
    ['no issuer', () => sign({ iss: undefined }), 'ADMIN_TOKEN_INVALID'],
    ['another audience', () => sign({ aud: 'shop' }), 'ADMIN_TOKEN_INVALID'],
    ['jku', () => signRaw({ alg: 'HS256', jku: 'https://evil.example/jwks' }), 'ADMIN_TOKEN_INVALID'],
    ['jwk', () => signRaw({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }), 'ADMIN_TOKEN_INVALID'],
    ['x5u', () => signRaw({ alg: 'HS256', x5u: 'https://evil.example/' }), 'ADMIN_TOKEN_INVALID'],
    ['x5c', () => signRaw({ alg: 'HS256', x5c: ['AAAA'] }), 'ADMIN_TOKEN_INVALID'],
    ['crit', () => signRaw({ alg: 'HS256', crit: ['x'], x: 1 }), 'ADMIN_TOKEN_INVALID'],
    ['a kid that is a path', () => sign({}, { kid: '../../etc/passwd' }), 'ADMIN_TOKEN_INVALID'],
    ['a kid that is an operator', () => signRaw({ alg: 'HS256', kid: { $ne: '' } }), 'ADMIN_TOKEN_INVALID'],
    ['a kid of 2 kB', () => sign({}, { kid: 'k'.repeat(2_000) }), 'ADMIN_TOKEN_INVALID'],
    ['9 kB', () => sign({ padding: 'x'.repeat(9_000) }), 'ADMIN_TOKEN_INVALID'],
    ['two days to live', () => sign({ exp: seconds(2 * 86_400) }), 'ADMIN_TOKEN_INVALID'],
    ['two days behind it', () => sign({ iat: seconds(-2 * 86_400) }), 'ADMIN_TOKEN_INVALID'],
    ['no company', () => sign({ company_id: undefined }), 'ADMIN_TOKEN_INVALID'],
    ['a company that is an operator', () => sign({ company_id: { $ne: null } }), 'ADMIN_TOKEN_INVALID'],
    ['a company with a line break', () => sign({ company_id: 'a\nb' }), 'ADMIN_TOKEN_INVALID'],
    ['a role we do not have', () => sign({ role: 'root' }), 'ADMIN_TOKEN_INVALID'],
    ['a role in capitals', () => sign({ role: 'OWNER' }), 'ADMIN_TOKEN_INVALID'],
    [
      'a role from a prototype',
      () => sign({ role: undefined, ['__proto__']: { role: 'owner' } }),
      'ADMIN_TOKEN_INVALID',
    ],
  ])('%s', async (_what, make, expected) => {
    const { status, code, headers } = await ask(await make());
    expect({ status, code }).toEqual({ status: 401, code: expected });
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  test('a refusal says which claim is wrong, but nothing about a signature', async () => {
    const said = async (claims: Parameters<typeof sign>[0]) => (await ask(await sign(claims))).json.error.message;
    expect(await said({ role: 'root' })).toBe(
      'The claim "role" of the token is "root", which is none of: owner, admin, editor, viewer, service',
    );
    expect(await said({ aud: 'shop' })).toBe('The claim "aud" of the token is "shop", which is not accepted here');
    expect(await said({ company_id: { $ne: null } })).toContain('is {"$ne":null}, which is not a name');
    expect(await said({ exp: undefined })).toBe('The token has no claim "exp"');
    expect((await ask(await sign({}, {}, 'x'.repeat(32)))).json.error.message).toBe('The token is not valid');
    expect((await ask(await sign({ exp: undefined }, {}, 'x'.repeat(32)))).json.error.message).toBe(
      'The token is not valid',
    );
  });

  test('case 60: a visitor’s session token', async () => {
    const { publicKey } = await casement.createWidget({ allowlist: [SHOP] });
    const { token } = await openVisitor(casement, { publicKey, origin: SHOP });
    expect((await ask(token)).code).toBe('ADMIN_TOKEN_INVALID');
  });

  test('an admin’s token is no session', async () => {
    const { status } = await askAdmin(casement, COMPANY, {
      path: '/conversations',
      token: await signAdminToken(COMPANY),
      headers: { host: casement.host },
    });
    expect(status).toBe(401);
  });
});
