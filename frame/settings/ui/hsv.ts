import type { Colour } from '../../../shared/colour.ts';

/** Hue from 0 to 360, saturation and value from 0 to 1: the axes of the picker. */
export type Hsv = { readonly hue: number; readonly saturation: number; readonly value: number };

/** The hue of a grey is 0. */
export function toHsv([red, green, blue]: Colour): Hsv {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  const saturation = most === 0 ? 0 : range / most;
  return { hue: range === 0 ? 0 : hueOf([red, green, blue], most, range), saturation, value: most / 255 };
}

function hueOf([red, green, blue]: Colour, most: number, range: number): number {
  if (most === red) return (60 * ((green - blue) / range) + 360) % 360;
  if (most === green) return 60 * ((blue - red) / range) + 120;
  return 60 * ((red - green) / range) + 240;
}

export function fromHsv({ hue, saturation, value }: Hsv): Colour {
  const channel = (offset: number) => {
    const k = (offset + hue / 60) % 6;
    return Math.round(255 * value * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [channel(5), channel(3), channel(1)];
}
