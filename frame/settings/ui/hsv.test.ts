import { expect, test } from 'vitest';
import { formatHex, parseColour } from '../../../shared/colour.ts';
import { fromHsv, toHsv } from './hsv.ts';

test.each(['#000000', '#ffffff', '#7f7f7f', '#0059ff', '#ff0000', '#00ff7f', '#ff00aa', '#123456', '#ffd400'])(
  'finds %s again on the axes of the picker',
  (hex) => {
    expect(formatHex(fromHsv(toHsv(parseColour(hex))))).toBe(hex);
  },
);

test.each([
  ['#ff0000', { hue: 0, saturation: 1, value: 1 }],
  ['#00ff00', { hue: 120, saturation: 1, value: 1 }],
  ['#0000ff', { hue: 240, saturation: 1, value: 1 }],
  ['#808080', { hue: 0, saturation: 0, value: 128 / 255 }],
])('knows where %s is', (hex, hsv) => {
  expect(toHsv(parseColour(hex))).toEqual(hsv);
});
