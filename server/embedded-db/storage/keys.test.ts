import { describe, expect, it } from 'vitest';
import {
  afterPrefix,
  CUT_KEY_BYTES,
  isCut,
  MAX_VALUE_KEY_BYTES,
  recordIdOf,
  recordKey,
  storedValueKey,
} from './keys.ts';

it.each([
  ['00', '01'],
  ['0001', '0002'],
  ['01ff', '02'],
  ['01ffff', '02'],
  ['01fe', '01ff'],
])('puts the end of all keys that start with %s at %s', (prefix, end) => {
  expect(afterPrefix(Buffer.from(prefix, 'hex')).toString('hex')).toBe(end);
});

it('orders records by their id and gives the id back', () => {
  const ids = [1, 255, 256, 65_536, 2 ** 40];
  const keys = ids.map((id) => recordKey(7, id));
  expect([...keys].sort(Buffer.compare)).toEqual(keys);
  expect(keys.map(recordIdOf)).toEqual(ids);
});

describe('the key of long values', () => {
  const long = (end: string) => Buffer.from('x'.repeat(MAX_VALUE_KEY_BYTES) + end);

  it('is whole as long as it fits', () => {
    const fitting = Buffer.alloc(MAX_VALUE_KEY_BYTES, 1);
    expect(storedValueKey(fitting)).toBe(fitting);
    expect(isCut(fitting)).toBe(false);
  });

  it('is of one length beyond, keeps its beginning, and differs when anything differs', () => {
    const [a, b] = [storedValueKey(long('a')), storedValueKey(long('b'))];
    expect([a.length, b.length]).toEqual([MAX_VALUE_KEY_BYTES, MAX_VALUE_KEY_BYTES]);
    expect(a.subarray(0, CUT_KEY_BYTES)).toEqual(long('a').subarray(0, CUT_KEY_BYTES));
    expect(a.equals(b)).toBe(false);
    expect(storedValueKey(long('a'))).toEqual(a);
  });
});
