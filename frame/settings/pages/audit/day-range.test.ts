import { expect, test } from 'vitest';
import { momentOfDay } from './day-range.ts';

test('a day begins at midnight where the admin is and ends when the next one begins', () => {
  expect(momentOfDay('2026-01-31', 'begin')).toBe(new Date(2026, 0, 31).toISOString());
  expect(momentOfDay(' 2026-01-31 ', 'end')).toBe(new Date(2026, 1, 1).toISOString());
});

test.each(['', '2026-02-31', '2026-13-01', '31.1.2026', 'yesterday'])('"%s" is no day', (typed) => {
  expect(momentOfDay(typed, 'begin')).toBeUndefined();
});
