/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];

/** Reads `#rrggbb`. */
export function parseColour(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function formatColour(colour: Colour): string {
  return `rgb(${colour.map(Math.round).join(' ')})`;
}

/** Writes `#rrggbb`. */
export function formatHex(colour: Colour): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` of `colour` over the rest of `ground`. */
export function mix(colour: Colour, ground: Colour, share: number): Colour {
  const part = (index: 0 | 1 | 2) => colour[index] * share + ground[index] * (1 - share);
  return [part(0), part(1), part(2)];
}

/** The contrast ratio of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: Colour): number {
  const linear = (value: number) => {
    const share = Math.round(value) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** The first step from `colour` towards `target` that has at least `ratio` against `ground`. */
export function withContrast(colour: Colour, { target, ground, ratio }: Goal): Colour {
  for (let share = 1; share > 0; share -= 0.04) {
    const step = mix(colour, target, share);
    if (contrast(step, ground) >= ratio) return step;
  }
  return target;
}

type Goal = { readonly target: Colour; readonly ground: Colour; readonly ratio: number };
