import { expect, test } from 'vitest';
import { formatSignatures, parseSignatures, signedText } from './signature.ts';

const V1 = 'a'.repeat(64);
const ONE = `t=1700000000,kid=signing-1,v1=${V1}`;
const OTHER = `t=1700000000,kid=signing-2,v1=${'b'.repeat(64)}`;

test('reads one signature, and two however the header lines were joined', () => {
  expect(parseSignatures(ONE)).toEqual([{ t: 1_700_000_000, kid: 'signing-1', v1: V1 }]);
  expect(parseSignatures(`${ONE}, ${OTHER}`).map(({ kid }) => kid)).toEqual(['signing-1', 'signing-2']);
  expect(parseSignatures(`${ONE},${OTHER}`)).toHaveLength(2);
});

test('reads as many as keys can work at once', () => {
  expect(parseSignatures(Array(8).fill(ONE).join(', '))).toHaveLength(8);
});

test('writes what it reads', () => {
  expect(formatSignatures(parseSignatures(`${ONE}, ${OTHER}`))).toBe(`${ONE}, ${OTHER}`);
});

test.each([
  ['nothing', ''],
  ['another order', `kid=a,t=1,v1=${V1}`],
  ['upper-case digits', ONE.toUpperCase()],
  ['upper-case hex', `t=1,kid=a,v1=${'A'.repeat(64)}`],
  ['a digit too few', `t=1,kid=a,v1=${'a'.repeat(63)}`],
  ['a digit too many', `t=1,kid=a,v1=${'a'.repeat(65)}`],
  ['a negative time', `t=-1,kid=a,v1=${V1}`],
  ['a key id that is none', `t=1,kid=a b,v1=${V1}`],
  ['something after it', `${ONE},x=1`],
  ['a second one that is none', `${ONE}, t=1`],
  ['more than eight', Array(9).fill(ONE).join(', ')],
])('takes no signature from a header with %s', (_what, header) => {
  expect(parseSignatures(header)).toEqual([]);
});

test('signs time, method, path, status and body', () => {
  expect(signedText({ t: 1, method: 'GET', path: '/a', status: 200, bodyHash: V1 })).toBe(`1.GET./a.200.${V1}`);
});
