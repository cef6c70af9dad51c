import { effect, type ReadonlySignal } from '@preact/signals';
import {
  BLACK,
  type Colour,
  contrast,
  formatColour,
  mix,
  parseColour,
  WHITE,
  withContrast,
} from '../../shared/colour.ts';
import type { Configuration } from '../../shared/configuration.ts';
import { type Mode, SURFACES, TEXT_CONTRAST } from '../../shared/contrast.ts';

/** Below this a bubble could not be told from the panel, as with a black accent in the dark. */
const LEAST_FILL_CONTRAST = 1.5;

/** The colours that follow from the accent in a mode: the fill of buttons, the text on it, its tint, and links. */
export function accentPalette(accent: string, mode: Mode) {
  const ground = SURFACES[mode];
  const target = mode === 'dark' ? WHITE : BLACK;
  const fill = withContrast(parseColour(accent), { target, ground, ratio: LEAST_FILL_CONTRAST });
  const soft = mix(fill, ground, mode === 'dark' ? 0.22 : 0.09);
  // The tint is the harder ground of the two that links and chips stand on.
  const link = withContrast(fill, { target, ground: soft, ratio: TEXT_CONTRAST });
  return { fill, onFill: textOn(fill), soft, link };
}

/** The same as custom properties; the rest of the palette stands in `tokens.css`. */
export function accentColours(accent: string, mode: Mode): Readonly<Record<string, string>> {
  const { fill, onFill, soft, link } = accentPalette(accent, mode);
  return {
    '--accent': formatColour(fill),
    '--on-accent': formatColour(onFill),
    '--soft': formatColour(soft),
    '--link': formatColour(link),
  };
}

/** White as long as it can be read, because it looks calmer; else whichever dark can. */
function textOn(fill: Colour): Colour {
  const ink = parseColour('#12161c');
  return [WHITE, ink].find((text) => contrast(text, fill) >= TEXT_CONTRAST) ?? BLACK;
}

/**
 * Puts the theme on the document, through CSSOM, and again whenever the configuration changes, or the visitor's preference
 * while the mode is `auto`.
 */
export function followTheme(
  page: Document,
  configuration: ReadonlySignal<Configuration>,
  prefersDark: MediaQueryList,
): void {
  function apply(): void {
    const { primary, mode, font } = configuration.value.theme;
    const shown: Mode = mode === 'auto' ? (prefersDark.matches ? 'dark' : 'light') : mode;
    const { dataset, style } = page.documentElement;
    dataset.mode = shown;
    dataset.font = font;
    for (const [name, value] of Object.entries(accentColours(primary, shown))) style.setProperty(name, value);
  }
  effect(apply);
  prefersDark.addEventListener('change', apply);
}
