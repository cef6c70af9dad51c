import { expect, test } from 'vitest';
import { BUCKET_COUNT, bucketOf, quantile } from './latency-histogram.ts';

function histogramOf(waits: readonly number[]): number[] {
  const buckets = Array.from({ length: BUCKET_COUNT }, () => 0);
  for (const wait of waits) buckets[bucketOf(wait)] = (buckets[bucketOf(wait)] ?? 0) + 1;
  return buckets;
}

test('every wait has a bucket, however long', () => {
  for (const wait of [0, 25, 25.1, 999, 32_000, 32_001, Number.POSITIVE_INFINITY]) {
    expect(bucketOf(wait)).toBeGreaterThanOrEqual(0);
    expect(bucketOf(wait)).toBeLessThan(BUCKET_COUNT);
  }
});

test('the median and the 95th percentile are as close as the buckets are narrow', () => {
  const waits = Array.from({ length: 1_000 }, (_, index) => 40 + index * 3);
  const buckets = histogramOf(waits);
  for (const share of [0.5, 0.95]) {
    const exact = waits[Math.ceil(waits.length * share) - 1] ?? 0;
    expect(Math.abs((quantile(buckets, share) ?? 0) - exact) / exact).toBeLessThan(0.15);
  }
});

test('one wait is its own median, within its bucket', () => {
  expect(quantile(histogramOf([120]), 0.5)).toBe(125);
});

test('what is beyond the last bound counts as the bound', () => {
  expect(quantile(histogramOf([1e9]), 0.95)).toBe(32_000);
});

test('nothing measured has no median', () => {
  expect(quantile(histogramOf([]), 0.5)).toBeUndefined();
});
