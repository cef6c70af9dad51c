import { formatColour, mix, parseColour } from '../../../shared/colour.ts';
import type { Mode } from '../../../shared/contrast.ts';
import type { SettingsAppearance } from '../../../shared/settings-port-message.ts';
import { accentColours } from '../../ui/theme.ts';

const OUR_ACCENT = '#0059ff';

/** Makes the view look native to its dashboard: through CSSOM, because the document allows no inline style. */
export function applyAppearance(page: HTMLElement, appearance: SettingsAppearance, prefersDark: boolean): void {
  const { mode = 'auto', primary = OUR_ACCENT } = appearance;
  const shown: Mode = mode === 'auto' ? (prefersDark ? 'dark' : 'light') : mode;
  page.dataset.mode = shown;
  const properties = { ...overridesOf(appearance), ...accentColours(primary, shown) };
  for (const name of OVERRIDABLE) if (properties[name] === undefined) page.style.removeProperty(name);
  for (const [name, value] of Object.entries(properties)) if (value !== undefined) page.style.setProperty(name, value);
}

const OVERRIDABLE = ['--surface', '--sub', '--text', '--line', '--raised', '--muted', '--font', '--radius'];

function overridesOf({ surface, background, text, line, fontFamily, radius }: SettingsAppearance) {
  const properties: Record<string, string | undefined> = {
    '--surface': surface,
    '--sub': background,
    '--text': text,
    '--line': line,
    '--font': fontFamily,
    '--radius': radius === undefined ? undefined : `${radius}px`,
  };
  if (surface !== undefined && text !== undefined) {
    // What lies between the two follows from them, as our own does.
    properties['--raised'] = formatColour(mix(parseColour(text), parseColour(surface), 0.06));
    properties['--muted'] = formatColour(mix(parseColour(text), parseColour(surface), 0.68));
  }
  return properties;
}
