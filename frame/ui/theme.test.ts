import { expect, test } from 'vitest';
import { type Colour, contrast, parseColour } from '../../shared/colour.ts';
import { type Mode, SURFACES } from '../../shared/contrast.ts';
import { accentColours } from './theme.ts';

function read(colours: Readonly<Record<string, string>>, name: string): Colour {
  const [red = 0, green = 0, blue = 0] = (colours[name] ?? '').match(/\d+/g)?.map(Number) ?? [];
  return [red, green, blue];
}

const EVERY_COLOUR = ['00', '33', '66', '80', '99', 'cc', 'ff'].flatMap((red, _, levels) =>
  levels.flatMap((green) => levels.map((blue) => `#${red}${green}${blue}`)),
);

test.each<Mode>(['light', 'dark'])('reads well with every accent in the %s', (mode) => {
  for (const accent of EVERY_COLOUR) {
    const colours = accentColours(accent, mode);
    const [fill, soft, link] = ['--accent', '--soft', '--link'].map((name) => read(colours, name));
    if (!fill || !soft || !link) throw new Error('a colour is missing');
    expect(contrast(read(colours, '--on-accent'), fill), `${accent}: text on the accent`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(link, soft), `${accent}: a number on its chip`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(link, SURFACES[mode]), `${accent}: a link on the panel`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(fill, SURFACES[mode]), `${accent}: a bubble on the panel`).toBeGreaterThanOrEqual(1.49);
  }
});

test('leaves an accent that can be seen as it is, with white text on it', () => {
  expect(accentColours('#0059ff', 'light')).toMatchObject({
    '--accent': 'rgb(0 89 255)',
    '--on-accent': 'rgb(255 255 255)',
    '--link': 'rgb(0 89 255)',
  });
});

test('measures contrast as WCAG does', () => {
  expect(contrast(parseColour('#ffffff'), parseColour('#000000'))).toBeCloseTo(21, 5);
  expect(contrast(parseColour('#777777'), parseColour('#ffffff'))).toBeCloseTo(4.48, 2);
});
