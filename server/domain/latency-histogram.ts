/** The upper ends of the buckets, in milliseconds; the last bucket has none. Each is at most half as wide as it is high. */
const UPPER_MS = [
  25, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 16_000,
  24_000, 32_000,
] as const;

export const BUCKET_COUNT = UPPER_MS.length + 1;

/** The bucket that a wait of so many milliseconds is counted in. */
export function bucketOf(ms: number): number {
  const index = UPPER_MS.findIndex((upper) => ms <= upper);
  return index < 0 ? UPPER_MS.length : index;
}

/**
 * The wait that `share` of all waits did not exceed, taken as if the waits in a bucket were spread evenly over it;
 * `undefined` if there were none. What is beyond the last bound counts as that bound.
 */
export function quantile(buckets: readonly number[], share: number): number | undefined {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const rank = total * share;
  let before = 0;
  for (const [index, count] of buckets.entries()) {
    if (count > 0 && before + count >= rank) {
      const lower = UPPER_MS[index - 1] ?? 0;
      const upper = UPPER_MS[index] ?? lower;
      return Math.round(lower + (upper - lower) * ((rank - before) / count));
    }
    before += count;
  }
  return UPPER_MS.at(-1);
}
