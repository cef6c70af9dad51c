import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { parseOrigin } from '../../shared/origin.ts';
import { createPublicKey } from '../../shared/public-key.ts';
import { deriveSigningKeys } from './secret-keys.ts';
import { issueTicket, readTicket } from './ticket.ts';

const KEYS = deriveSigningKeys('a secret of at least thirty-two bytes');
const NOW = new Date('2030-01-01T12:00:00Z');
const PUBLIC_KEY = createPublicKey('a'.repeat(22));
const SHOP = parseOrigin('https://shop.example') ?? expect.fail('not an origin');

const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const issue = () => issueTicket({ publicKey: PUBLIC_KEY, origin: SHOP }, KEYS.ticket, NOW);

test('says what it was issued for, for 60 seconds', async () => {
  const ticket = await readTicket(await issue(), KEYS.ticket, after(59));
  expect(ticket).toEqual({ publicKey: PUBLIC_KEY, origin: SHOP, sessionId: expect.stringMatching(/^[\da-f-]{36}$/) });
});

test('has a session id of its own every time', async () => {
  const [one, other] = [await issue(), await issue()];
  const ids = await Promise.all(
    [one, other].map(async (token) => (await readTicket(token, KEYS.ticket, NOW)).sessionId),
  );
  expect(new Set(ids).size).toBe(2);
});

test('has expired after 60 seconds', async () => {
  await expect(readTicket(await issue(), KEYS.ticket, after(60))).rejects.toMatchObject({ code: 'TICKET_EXPIRED' });
});

const forged = (header: Record<string, string>, claims: Record<string, unknown>, key: Uint8Array) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', ...header })
    .setExpirationTime(after(30))
    .sign(key);

const CLAIMS = { key: PUBLIC_KEY, o: SHOP, jti: '5f0c1f6e-1c55-4c1c-9d3a-0b7a3f8a1c11' };
const TYPE = { typ: 'casement-ticket+jwt' };

test.each([
  ['is no token', async () => 'x'],
  ['is signed with the key of sessions', () => forged(TYPE, CLAIMS, KEYS.session)],
  ['is of another type', () => forged({ typ: 'casement-session+jwt' }, CLAIMS, KEYS.ticket)],
  ['has no type', () => forged({}, CLAIMS, KEYS.ticket)],
  ['has no session id', () => forged(TYPE, { ...CLAIMS, jti: undefined }, KEYS.ticket)],
  ['names no origin', () => forged(TYPE, { ...CLAIMS, o: 'https://Shop.example' }, KEYS.ticket)],
  ['names no key', () => forged(TYPE, { ...CLAIMS, key: 'PUB_x' }, KEYS.ticket)],
  ['has another signature', async () => `${(await issue()).slice(0, -2)}AA`],
  ['is signed by nobody', async () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(CLAIMS))}.`],
])('is not valid if it %s', async (_what, make) => {
  await expect(make().then((token) => readTicket(token, KEYS.ticket, NOW))).rejects.toMatchObject({
    code: 'TICKET_INVALID',
  });
});

test('is not valid without an end', async () => {
  const endless = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', ...TYPE }).sign(KEYS.ticket);
  await expect(readTicket(endless, KEYS.ticket, NOW)).rejects.toMatchObject({ code: 'TICKET_INVALID' });
});
