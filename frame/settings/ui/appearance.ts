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
  const properties = { ...overridesOf(appearance), ...betweenOf(appearance, shown), ...accentColours(primary, shown) };
  for (const name of OVERRIDABLE) if (properties[name] === undefined) page.style.removeProperty(name);
  for (const [name, value] of Object.entries(properties)) if (value !== undefined) page.style.setProperty(name, value);
}

const OVERRIDABLE = ['--surface', '--sub', '--text', '--line', '--raised', '--muted', '--font', '--radius'];

/** What our own palette has, for whatever of it a dashboard leaves as it is. */
const OURS = { light: { surface: '#ffffff', text: '#12161c' }, dark: { surface: '#15181d', text: '#eef1f5' } } as const;

/** What lies between ground and text follows from them, as our own does. */
function betweenOf({ surface, background, text }: SettingsAppearance, mode: Mode): Record<string, string | undefined> {
  if (surface === undefined && background === undefined && text === undefined) return {};
  const ground = parseColour(background ?? surface ?? OURS[mode].surface);
  const ink = parseColour(text ?? OURS[mode].text);
  return { '--raised': formatColour(mix(ink, ground, 0.06)), '--muted': formatColour(mix(ink, ground, 0.68)) };
}

function overridesOf(appearance: SettingsAppearance): Record<string, string | undefined> {
  const { surface, background, text, line, fontFamily, radius } = appearance;
  return {
    '--surface': surface,
    '--sub': background,
    '--text': text,
    '--line': line,
    '--font': fontFamily,
    '--radius': radius === undefined ? undefined : `${radius}px`,
  };
}
