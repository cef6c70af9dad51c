import { expect, test } from 'vitest';
import { parseOrigin } from '../../shared/origin.ts';
import { createPublicKey } from '../../shared/public-key.ts';
import { deriveSigningKeys } from './secret-keys.ts';
import { issueSessionToken, readSessionToken, type SessionClaims } from './session-token.ts';
import { issueTicket } from './ticket.ts';

const KEYS = deriveSigningKeys('a secret of at least thirty-two bytes');
const START = new Date('2030-01-01T12:00:00Z');
const HOUR = 3_600;
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);

const CLAIMS: SessionClaims = {
  sessionId: '5f0c1f6e-1c55-4c1c-9d3a-0b7a3f8a1c11',
  browserId: '0c3d6c26-6d63-4a52-9f0a-8f6c1d0f9a22',
  publicKey: createPublicKey('b'.repeat(22)),
  origin: parseOrigin('https://shop.example') ?? expect.fail('not an origin'),
  startedAt: START,
};

const issueAt = (now: Date) => issueSessionToken(CLAIMS, KEYS.session, now);

test('says whose it is, for 15 minutes', async () => {
  const { token, expiresInSeconds } = await issueAt(START);
  expect(expiresInSeconds).toBe(900);
  expect(await readSessionToken(token, KEYS.session, after(899))).toEqual(CLAIMS);
});

test('has expired after 15 minutes', async () => {
  const { token } = await issueAt(START);
  await expect(readSessionToken(token, KEYS.session, after(900))).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
});

test('never outlives eight hours from the start of the session', async () => {
  expect((await issueAt(after(8 * HOUR - 60))).expiresInSeconds).toBe(60);
  await expect(issueAt(after(8 * HOUR))).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
});

test.each([
  ['with a changed claim', (token: string) => token.replace(/\.(.)/, (_all, first) => `.${first === 'e' ? 'f' : 'e'}`)],
  ['without a signature', (token: string) => token.replace(/\.[^.]*$/, '.')],
  ['cut short', (token: string) => token.slice(0, -5)],
])('is not valid %s', async (_what, spoil) => {
  const { token } = await issueAt(START);
  await expect(readSessionToken(spoil(token), KEYS.session, START)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});

test('is not valid when another server made it', async () => {
  const { token } = await issueAt(START);
  const others = deriveSigningKeys('another secret of thirty-two bytes!!');
  await expect(readSessionToken(token, others.session, START)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});

test('is not a ticket', async () => {
  const ticket = await issueTicket(CLAIMS, KEYS.ticket, START);
  await expect(readSessionToken(ticket, KEYS.session, START)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});
