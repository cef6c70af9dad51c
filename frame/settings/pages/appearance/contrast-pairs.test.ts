import { describe, expect, test } from 'vitest';
import { findContrastProblems } from '../../../../shared/contrast.ts';
import { contrastPairs, nearestPassing } from './contrast-pairs.ts';

describe('the pairs of an accent', () => {
  test('are told for each mode that visitors can see', () => {
    const modesOf = (mode: 'light' | 'dark' | 'auto') => [
      ...new Set(contrastPairs({ primary: '#0059ff', mode }).map((pair) => pair.mode)),
    ];
    expect(modesOf('light')).toEqual(['light']);
    expect(modesOf('dark')).toEqual(['dark']);
    expect(modesOf('auto')).toEqual(['light', 'dark']);
  });

  test('say a ratio that was cut, never rounded up', () => {
    const [buttons] = contrastPairs({ primary: '#949494', mode: 'light' });
    expect(buttons).toEqual({ mode: 'light', name: 'Buttons', ratio: 3, least: 3, verdict: 'AA' });
    expect(contrastPairs({ primary: '#959595', mode: 'light' })[0]).toMatchObject({ ratio: 2.9, verdict: 'fails' });
  });

  test.each(['#ffd400', '#000000', '#ffffff', '#777777', '#7a00ff'])(
    'always leave words that can be read, with %s',
    (primary) => {
      const words = contrastPairs({ primary, mode: 'auto' }).filter(({ name }) => name !== 'Buttons');
      expect(words.filter(({ verdict }) => verdict === 'fails')).toEqual([]);
    },
  );
});

describe('the nearest passing colour', () => {
  test('is none for an accent that passes', () => {
    expect(nearestPassing({ primary: '#0059ff', mode: 'light' })).toBeUndefined();
  });

  test.each<[string, 'light' | 'dark' | 'auto']>([
    ['#ffd400', 'light'],
    ['#101010', 'dark'],
    ['#ffd400', 'auto'],
    ['#101010', 'auto'],
    ['#ffffff', 'auto'],
  ])('passes where %s does not, in the mode %s', (primary, mode) => {
    const found = nearestPassing({ primary, mode }) ?? primary;
    expect(findContrastProblems({ primary, mode })).not.toEqual([]);
    expect(findContrastProblems({ primary: found, mode })).toEqual([]);
  });
});
