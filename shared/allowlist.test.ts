import { describe, expect, test } from 'vitest';
import { isAllowed } from './allowlist.ts';
import { parseOrigin } from './origin.ts';

/** The shortest of many runs: what else the machine does only ever makes one longer. */
function shortestMs(run: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 30; time++) {
    const startedAt = performance.now();
    run();
    shortest = Math.min(shortest, performance.now() - startedAt);
  }
  return shortest;
}

/** Of 63 letters at most, as many as fit into 260 characters. */
const LONG_HOST = Array.from({ length: 3 }, () => 'a'.repeat(63)).join('.');
const LONG = parseOrigin(`https://${LONG_HOST}.shop.example`) ?? expect.fail('not an origin');
const DEEP = parseOrigin(`https://${'a.'.repeat(115)}shop.example`) ?? expect.fail('not an origin');
const wildcards = (count: number) => Array.from({ length: count }, (_, number) => `https://*.site-${number}.example`);

describe('case 21: an allowlist', () => {
  test.each([
    ['long', LONG],
    ['deep', DEEP],
  ])(
    'of ten times as many wildcards takes about ten times as long, not a hundred times, for a %s origin',
    (_what, origin) => {
      const [few, many] = [wildcards(500), wildcards(5_000)];
      expect(isAllowed(origin, [...many, 'https://*.shop.example'])).toBe(true);
      const ratio = shortestMs(() => isAllowed(origin, many)) / shortestMs(() => isAllowed(origin, few));
      expect(ratio).toBeLessThan(40);
    },
  );

  test('of exact sites costs no more than a few looks at each', () => {
    const sites = Array.from({ length: 5_000 }, (_, number) => `https://site-${number}.example`);
    const baseline = shortestMs(() => sites.some((site) => site.startsWith('http://') || site === LONG));
    expect(shortestMs(() => isAllowed(LONG, sites))).toBeLessThan(50 * baseline);
  });
});

test('case 21: a text made to be hard to read is refused with no more work than the longest origin takes', () => {
  const origins = Array.from({ length: 200 }, () => LONG);
  const hard = [
    `https://${'a'.repeat(250)}!`,
    `https://${'.'.repeat(250)}`,
    `https://${'a-'.repeat(125)}:`,
    `https://a:${'1'.repeat(240)}`,
    `https://${'a'.repeat(1_000_000)}`,
  ];
  const baseline = shortestMs(() => origins.map(parseOrigin));
  for (const text of hard) {
    expect(parseOrigin(text)).toBeUndefined();
    expect(shortestMs(() => origins.map(() => parseOrigin(text)))).toBeLessThan(20 * baseline);
  }
});
