import type { Settings } from '../../../shared/settings.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What stands at a path such as `locales.de.greeting`; `undefined` if nothing does. */
export function valueAt(settings: Settings, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (isFields(part) ? part[key] : undefined), settings);
}

/** The settings with `value` at a path; `undefined` takes away what is there. Nothing that is given changes. */
export function withValueAt(settings: Settings, path: string, value: unknown): Settings {
  return put(settings, path.split('.'), value) as Settings;
}

function put(part: unknown, [key = '', ...rest]: readonly string[], value: unknown): Fields {
  const { [key]: old, ...others } = isFields(part) ? part : {};
  const next = rest.length === 0 ? value : put(old, rest, value);
  // What is there keeps its place, so that a difference comes in the order of the settings.
  if (next === undefined) return others;
  return isFields(part) && Object.hasOwn(part, key) ? { ...part, [key]: next } : { ...others, [key]: next };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
