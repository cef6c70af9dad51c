import { expect, expectTypeOf, test } from 'vitest';
import { hashBody, signAnswer } from '../domain/answer-signer.ts';
import type * as declared from './verify.d.ts';
import { type ReceivedAnswer, type VerifyOptions, verifySignature } from './verify-signature.ts';

const NOW = new Date('2026-03-01T12:00:00.500Z');
const KEYS = [
  { id: 'signing-new', secret: 'SIG_new' },
  { id: 'signing-old', secret: 'SIG_old' },
];
const SECRETS = { 'signing-new': 'SIG_new' };
const BODY = '{"price":"12 €"}';

function answerAt(at = NOW, keys = KEYS): ReceivedAnswer {
  const [method, path, status] = ['GET', '/api/v1/widget/config', 200] as const;
  const signature = signAnswer({ at, method, path, status, bodyHash: hashBody(BODY) }, keys);
  return { method, url: `https://widget.example.com${path}?key=PUB_1`, status, signature, body: BODY };
}

const isValid = (change: Partial<ReceivedAnswer>, secrets: Readonly<Record<string, string>> = SECRETS) =>
  verifySignature({ ...answerAt(), ...change }, { secrets, now: NOW });

test('accepts what a holder of the secret signed, as text or as bytes', () => {
  expect(isValid({})).toBe(true);
  expect(isValid({ body: new TextEncoder().encode(BODY) })).toBe(true);
  expect(isValid({ url: '/api/v1/widget/config' })).toBe(true);
});

test('accepts an answer that was signed with two keys by whichever of them is known', () => {
  expect(isValid({}, { 'signing-old': 'SIG_old' })).toBe(true);
  expect(isValid({}, { 'signing-old': 'SIG_old', 'signing-new': 'SIG_new' })).toBe(true);
});

const OTHER_HEADERS: readonly (readonly [string, string | null | undefined])[] = [
  ['none', undefined],
  ['null', null],
  ['an empty one', ''],
  ['upper-case hex', answerAt().signature?.replace(/v1=[0-9a-f]+/g, (v1) => v1.toUpperCase().replace('V', 'v'))],
  ['a shortened one', answerAt().signature?.slice(0, -1)],
  ['one digit more', `${answerAt().signature}0`],
  ['another key id', answerAt().signature?.replaceAll('kid=signing-new', 'kid=signing-other')],
  ['the name of something every object has', answerAt().signature?.replaceAll('signing-new', 'constructor')],
  ['another time', answerAt().signature?.replaceAll(/t=\d+/g, `t=${Math.floor(NOW.getTime() / 1000) - 1}`)],
  ['a flood', 't=1,'.repeat(100_000)],
];

test.each(OTHER_HEADERS)('case 50: refuses the header that is %s', (_what, signature) => {
  expect(isValid({ signature })).toBe(false);
});

test.each<[string, Partial<ReceivedAnswer>]>([
  ['one byte of the body', { body: BODY.replace('12', '13') }],
  ['the body cut short', { body: BODY.slice(0, -1) }],
  ['white space added', { body: `${BODY}\n` }],
  ['the status', { status: 201 }],
  ['the method', { method: 'POST' }],
  ['the path', { url: '/api/v1/widget/settings' }],
  ['a URL that is none', { url: 'http://[' }],
])('case 50: refuses an answer with a change of %s', (_what, change) => {
  expect(isValid(change)).toBe(false);
});

test.each([
  ['no secret', {}],
  ['another secret', { 'signing-new': 'SIG_other' }],
  ['an empty secret', { 'signing-new': '' }],
])('refuses everything for somebody who knows %s', (_what, secrets) => {
  expect(isValid({}, secrets)).toBe(false);
});

test.each([-301, 301])('case 50: refuses an answer whose clock is %i seconds away', (seconds) => {
  const at = new Date(NOW.getTime() + seconds * 1000 + (seconds > 0 ? 0 : -1000));
  expect(verifySignature(answerAt(at), { secrets: SECRETS, now: NOW })).toBe(false);
});

test.each([-299, 299])('accepts an answer whose clock is %i seconds away', (seconds) => {
  const answer = answerAt(new Date(NOW.getTime() + seconds * 1000));
  expect(verifySignature(answer, { secrets: SECRETS, now: NOW })).toBe(true);
  expect(verifySignature(answer, { secrets: SECRETS, now: NOW, toleranceSeconds: 60 })).toBe(false);
});

test('an answer without keys is not signed', () => {
  expect(answerAt(NOW, []).signature).toBeUndefined();
});

test('is declared to others as it is', () => {
  expectTypeOf<typeof declared.verifySignature>().toEqualTypeOf<typeof verifySignature>();
  expectTypeOf<declared.ReceivedAnswer>().toEqualTypeOf<ReceivedAnswer>();
  expectTypeOf<declared.VerifyOptions>().toEqualTypeOf<VerifyOptions>();
});
