import { expect, test } from 'vitest';
import { createReportSampler } from './report-sampler.ts';

test('looks at every report while there are few', () => {
  const sample = createReportSampler(() => 0);
  expect(Array.from({ length: 50 }, sample)).toEqual(Array.from({ length: 50 }, () => 1));
});

test('looks at samples in a flood, each of which stands for those that were left out', () => {
  const sample = createReportSampler(() => 0);
  const weights = Array.from({ length: 10_000 }, sample);
  expect(weights.filter((weight) => weight > 0).length).toBeLessThan(600);
  const counted = weights.reduce((sum, weight) => sum + weight, 0);
  expect(Math.abs(counted - 10_000)).toBeLessThan(20);
});

test('looks at every report again when the flood is over', () => {
  let now = 0;
  const sample = createReportSampler(() => now);
  for (let report = 0; report < 1_000; report++) sample();
  now = 10_000;
  expect(sample()).toBe(1);
});
