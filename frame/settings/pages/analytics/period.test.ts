import { expect, test } from 'vitest';
import { questionsFor } from './period.ts';

const NOW = new Date(2026, 0, 20, 14, 25);

test('24 hours end with the hour that runs, and the period before ends where they begin', () => {
  const { current, before } = questionsFor('1', NOW);
  expect([current.from, current.to, current.unit]).toEqual([
    new Date(2026, 0, 19, 15),
    new Date(2026, 0, 20, 15),
    'hour',
  ]);
  expect([before.from, before.to]).toEqual([new Date(2026, 0, 18, 15), current.from]);
});

test.each([
  ['7', new Date(2026, 0, 14), new Date(2026, 0, 7)],
  ['30', new Date(2025, 11, 22), new Date(2025, 10, 22)],
  ['90', new Date(2025, 9, 23), new Date(2025, 6, 25)],
] as const)('%s days begin at midnight where the admin is', (period, from, fromBefore) => {
  const { current, before } = questionsFor(period, NOW);
  expect([current.from, current.unit]).toEqual([from, 'day']);
  expect(before.from).toEqual(fromBefore);
});

test('a part of today is compared with the same part of a day', () => {
  const { before } = questionsFor('7', NOW);
  expect(before.to).toEqual(new Date(2026, 0, 13, 15));
});
