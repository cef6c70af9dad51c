import { BLACK, type Colour, contrast, formatHex, parseColour, WHITE, withContrast } from './colour.ts';
import type { Theme } from './configuration.ts';

export type Mode = 'light' | 'dark';

/** What stands behind everything in the panel. */
export const SURFACES: Readonly<Record<Mode, Colour>> = { light: WHITE, dark: parseColour('#15181d') };

/** The least contrast of text, https://www.w3.org/TR/WCAG22/#contrast-minimum. */
export const TEXT_CONTRAST = 4.5;
/** The least contrast of what one has to see to use it, https://www.w3.org/TR/WCAG22/#non-text-contrast. */
export const CONTROL_CONTRAST = 3;

export type ContrastProblem = {
  readonly mode: Mode;
  /** From 1 to 21, cut to one digit, so that what fails never looks as if it passed. */
  readonly ratio: number;
  readonly least: number;
  /** `#rrggbb`: the nearest step towards black or white that has `least`. */
  readonly suggestion: string;
};

/**
 * Where the primary colour stands out too little, in the modes the theme can show, at most once for each: as a launcher
 * and button it needs 3:1 against the panel. Words in it are darkened or lightened by the frame until they have 4.5:1,
 * so they are never the problem.
 */
export function findContrastProblems({ primary, mode }: Pick<Theme, 'primary' | 'mode'>): readonly ContrastProblem[] {
  const modes: readonly Mode[] = mode === 'auto' ? ['light', 'dark'] : [mode];
  const colour = parseColour(primary);
  return modes.flatMap((shown) => {
    const ground = SURFACES[shown];
    const ratio = contrast(colour, ground);
    if (ratio >= CONTROL_CONTRAST) return [];
    const target = shown === 'dark' ? WHITE : BLACK;
    const passing = withContrast(colour, { target, ground, ratio: CONTROL_CONTRAST });
    return [
      { mode: shown, ratio: Math.floor(ratio * 10) / 10, least: CONTROL_CONTRAST, suggestion: formatHex(passing) },
    ];
  });
}
