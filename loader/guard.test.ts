import { afterEach, expect, test, vi } from 'vitest';
import { guard } from './guard.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('passes arguments and answer through', () => {
  expect(guard((one: number, other: number) => one + other)(1, 2)).toBe(3);
});

test('reports what was thrown in one console line and answers nothing', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const fail = guard(() => {
    throw 'anything at all';
  });
  expect(fail()).toBeUndefined();
  expect(warn).toHaveBeenCalledExactlyOnceWith('Casement', 'anything at all');
});
