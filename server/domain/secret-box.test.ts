import { expect, test } from 'vitest';
import { createSecretBox, SecretBoxError } from './secret-box.ts';

const OLD = { version: 1, secret: 'o'.repeat(32) };
const NEW = { version: 2, secret: 'n'.repeat(32) };
const PLACE = { widgetId: 'w-1', purpose: 'signing k-1' };

test('opens what it sealed, and seals the same secret differently each time', () => {
  const box = createSecretBox([OLD]);
  const sealed = box.seal('SIG_æ', PLACE);
  expect(sealed).toMatch(/^v1:[\w-]{16}:[\w-]+:[\w-]{22}$/);
  expect(sealed).not.toContain('SIG');
  expect(box.open(sealed, PLACE)).toBe('SIG_æ');
  expect(box.seal('SIG_æ', PLACE)).not.toBe(sealed);
});

test('seals with the first key, opens with every key, and tells which secrets are outdated', () => {
  const sealedBefore = createSecretBox([OLD]).seal('secret', PLACE);
  const box = createSecretBox([NEW, OLD]);
  expect(box.open(sealedBefore, PLACE)).toBe('secret');
  expect(box.isOutdated(sealedBefore)).toBe(true);
  const sealedNow = box.seal('secret', PLACE);
  expect(sealedNow).toMatch(/^v2:/);
  expect(box.isOutdated(sealedNow)).toBe(false);
});

test('says which version is missing when a key was taken away', () => {
  const sealed = createSecretBox([OLD]).seal('secret', PLACE);
  expect(() => createSecretBox([NEW]).open(sealed, PLACE)).toThrow('SECRETS_KEY has no version 1');
});

test('does not open a secret that was sealed with another key of the same version', () => {
  const sealed = createSecretBox([{ version: 1, secret: 'x'.repeat(32) }]).seal('secret', PLACE);
  expect(() => createSecretBox([OLD]).open(sealed, PLACE)).toThrow(SecretBoxError);
});

test.each([
  ['of another widget', { ...PLACE, widgetId: 'w-2' }],
  ['for another purpose', { ...PLACE, purpose: 'identity k-1' }],
  ['whose names only join to the same', { widgetId: 'w-1"', purpose: ',"signing k-1' }],
])('does not open a secret in the place %s', (_where, place) => {
  const box = createSecretBox([OLD]);
  expect(() => box.open(box.seal('secret', PLACE), place)).toThrow(SecretBoxError);
});

test('does not open a secret of which any part was changed', () => {
  const box = createSecretBox([OLD]);
  const sealed = box.seal('secret', PLACE);
  for (let index = 3; index < sealed.length; index++) {
    const other = sealed[index] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
    // The last character of base64url has bits that mean nothing.
    const isSameBytes = changed.split(':').every((part, at) => sameBytes(part, sealed.split(':')[at] ?? ''));
    if (!isSameBytes) expect(() => box.open(changed, PLACE), changed).toThrow(SecretBoxError);
  }
});

test.each(['', 'secret', 'v1:', 'v1:a:b:c', 'v1:AAAAAAAAAAAAAAAA:AA:AAAAAAAAAAAAAAAAAAAAAA:'])(
  'does not open %j',
  (text) => {
    expect(() => createSecretBox([OLD]).open(text, PLACE)).toThrow(SecretBoxError);
  },
);

function sameBytes(one: string, other: string): boolean {
  return Buffer.from(one, 'base64url').equals(Buffer.from(other, 'base64url'));
}
