import { BLACK, type Colour, contrast, formatHex, mix, parseColour, WHITE } from '../../../../shared/colour.ts';
import type { Theme } from '../../../../shared/configuration.ts';
import {
  CONTROL_CONTRAST,
  findContrastProblems,
  type Mode,
  SURFACES,
  TEXT_CONTRAST,
} from '../../../../shared/contrast.ts';
import { accentPalette } from '../../../ui/theme.ts';

export type ContrastPair = {
  readonly mode: Mode;
  /** What is seen on what. */
  readonly name: string;
  /** From 1 to 21, cut to one digit, so that what fails never looks as if it passed. */
  readonly ratio: number;
  readonly least: number;
  readonly verdict: 'AAA' | 'AA' | 'fails';
};

type Accent = Pick<Theme, 'primary' | 'mode'>;

/** The pairs of colours that follow from the accent, in each mode that visitors can see. */
export function contrastPairs({ primary, mode }: Accent): readonly ContrastPair[] {
  const modes: readonly Mode[] = mode === 'auto' ? ['light', 'dark'] : [mode];
  return modes.flatMap((shown) => {
    const { fill, onFill, link } = accentPalette(primary, shown);
    const ground = SURFACES[shown];
    return [
      pair(shown, 'Buttons', [parseColour(primary), ground], CONTROL_CONTRAST),
      pair(shown, 'Words on buttons', [onFill, fill], TEXT_CONTRAST),
      pair(shown, 'Links', [link, ground], TEXT_CONTRAST),
    ];
  });
}

function pair(mode: Mode, name: string, [one, other]: readonly [Colour, Colour], least: number): ContrastPair {
  const exact = contrast(one, other);
  // https://www.w3.org/TR/WCAG22/#contrast-enhanced has no rule for what is no text.
  const isEnhanced = least === TEXT_CONTRAST && exact >= 7;
  const verdict = exact < least ? 'fails' : isEnhanced ? 'AAA' : 'AA';
  return { mode, name, ratio: Math.floor(exact * 10) / 10, least, verdict };
}

const STEPS = 100;

/**
 * The colour nearest to the accent, on its way to black or to white, that passes in every mode that visitors can see;
 * `undefined` if the accent passes.
 */
export function nearestPassing({ primary, mode }: Accent): string | undefined {
  if (findContrastProblems({ primary, mode }).length === 0) return undefined;
  const colour = parseColour(primary);
  for (let step = 1; step <= STEPS; step++) {
    for (const target of [BLACK, WHITE]) {
      const candidate = formatHex(mix(target, colour, step / STEPS));
      if (findContrastProblems({ primary: candidate, mode }).length === 0) return candidate;
    }
  }
  return undefined;
}
