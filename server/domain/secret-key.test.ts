import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';
import { createSecretKey, createSecretKeyRing, openSecretKey, type SecretKey } from './secret-key.ts';

const NOW = new Date('2030-01-01T12:00:00Z');
const box = createSecretBox([{ version: 1, secret: 'x'.repeat(32) }]);
const ring = createSecretKeyRing(box, () => NOW);

const retiring = (key: SecretKey, retiringUntil: Date): SecretKey => ({ ...key, state: 'retiring', retiringUntil });

test.each([
  ['signing', /^SIG_[\w-]{43}$/],
  ['identity', /^IDN_[\w-]{43}$/],
] as const)('a %s key has a secret of its own that says what it is', (target, shape) => {
  const key = createSecretKey('w', target, box);
  expect(key).toMatchObject({ target, state: 'active', id: expect.stringMatching(`^${target}-[0-9a-f]{12}$`) });
  expect(openSecretKey('w', key, box)).toMatch(shape);
  expect(openSecretKey('w', createSecretKey('w', target, box), box)).not.toBe(openSecretKey('w', key, box));
});

test('a sealed secret is worth nothing under the id of another key, or in another widget', () => {
  const key = createSecretKey('w', 'signing', box);
  expect(() => openSecretKey('w', { ...key, id: 'signing-other' }, box)).toThrow('SECRETS_KEY');
  expect(() => openSecretKey('w', { ...key, target: 'identity' }, box)).toThrow('SECRETS_KEY');
  expect(() => openSecretKey('v', key, box)).toThrow('SECRETS_KEY');
});

test('the ring has the keys of one kind that work now, the active one first', () => {
  const [active, old, over] = [1, 2, 3].map(() => createSecretKey('w', 'signing', box));
  if (!active || !old || !over) return expect.unreachable();
  const secretKeys = [
    retiring(over, NOW),
    retiring(old, new Date(NOW.getTime() + 1)),
    createSecretKey('w', 'identity', box),
    active,
  ];
  expect(ring.liveKeys({ id: 'w', secretKeys }, 'signing')).toEqual([
    { id: active.id, secret: openSecretKey('w', active, box) },
    { id: old.id, secret: openSecretKey('w', old, box) },
  ]);
});
