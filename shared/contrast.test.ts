import { describe, expect, test } from 'vitest';
import { contrast, parseColour } from './colour.ts';
import { CONTROL_CONTRAST, findContrastProblems, SURFACES } from './contrast.ts';

describe('contrast', () => {
  test.each([
    ['#ffffff', '#000000', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#0059ff', '#ffffff', 5.42],
  ])('of %s and %s is that of WCAG: %s', (one, other, ratio) => {
    expect(contrast(parseColour(one), parseColour(other))).toBeCloseTo(ratio, 1);
  });
});

describe('the primary colour', () => {
  test.each([
    ['#0059ff', 'auto', []],
    ['#ffe600', 'auto', ['light']],
    ['#ffe600', 'dark', []],
    ['#101010', 'auto', ['dark']],
    ['#101010', 'light', []],
    ['#ffffff', 'light', ['light']],
  ] as const)('%s is a problem in the mode %s where it is hard to see: %j', (primary, mode, modes) => {
    expect(findContrastProblems({ primary, mode }).map((problem) => problem.mode)).toEqual(modes);
  });

  test('of any shade gets a suggestion that passes', () => {
    for (let value = 0; value < 0xffffff; value += 0x1357b) {
      const primary = `#${value.toString(16).padStart(6, '0')}`;
      for (const { mode, suggestion, ratio } of findContrastProblems({ primary, mode: 'auto' })) {
        expect(ratio, primary).toBeLessThan(CONTROL_CONTRAST);
        expect(suggestion).toMatch(/^#[0-9a-f]{6}$/);
        expect(contrast(parseColour(suggestion), SURFACES[mode]), primary).toBeGreaterThanOrEqual(CONTROL_CONTRAST);
      }
    }
  });
});
