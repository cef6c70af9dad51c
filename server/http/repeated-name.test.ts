import { expect, test } from 'vitest';
import { findRepeatedName } from './repeated-name.ts';

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"list":[{"n":1},{"n":1,"m":2,"n":3}]}', 'n'],
  ['{"a":{"b":{"c":1}},"b":2,"a":3}', 'a'],
  ['{"":1,"":2}', ''],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['{"a\\"b":1,"a\\"b":2}', 'a"b'],
])('%s has "%s" twice', (json, name) => {
  expect(() => JSON.parse(json)).not.toThrow();
  expect(findRepeatedName(json)).toBe(name);
});

test.each([
  '{}',
  '[]',
  '"a"',
  '{"a":1,"A":2}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":2}]',
  '{"a":"{\\"b\\":1,\\"b\\":2}"}',
  '{"a":["a","a"],"b":"a"}',
  '{"constructor":1,"toString":2}',
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
])('%s has none', (json) => {
  expect(() => JSON.parse(json)).not.toThrow();
  expect(findRepeatedName(json)).toBeUndefined();
});
