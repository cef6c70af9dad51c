import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { diffSettings } from '../../../shared/settings-change.ts';
import type { StoredDraft } from '../api/draft.ts';
import { countSettings } from './whole-setting.ts';

/** An unpublished edit that an admin left, and what it began from. */
export type LeftDraft = {
  readonly settings: Settings;
  readonly base: { readonly settings: Settings; readonly version: number };
  readonly savedAt: string;
  readonly count: number;
};

/**
 * What the server kept, as an edit that can go on; `undefined` if it changes nothing. `baseSettings` are those of the
 * version it began from. The server keeps any JSON, so what has not the shape of the settings is left out.
 */
export function readLeftDraft(stored: StoredDraft, baseSettings: Settings): LeftDraft | undefined {
  const settings = inShapeOf(baseSettings, stored.settings);
  const count = countSettings(diffSettings(baseSettings, settings));
  if (count === 0) return undefined;
  return { settings, base: { settings: baseSettings, version: stored.baseVersion }, savedAt: stored.savedAt, count };
}

/** The settings of a version that was never saved. */
export const BORN_WITH = { settings: DEFAULT_SETTINGS, version: 0 };

function inShapeOf(base: Settings, stored: Readonly<Record<string, unknown>>): Settings {
  const sections = Object.entries(base).map(([name, part]) => {
    const kept = stored[name];
    if (kindOf(kept) !== kindOf(part)) return [name, part];
    return [name, FIXED_SECTIONS.includes(name) ? mend(part, Object(kept)) : kept];
  });
  return Object.fromEntries(sections);
}

/** Sections that have the same fields whatever is set. */
const FIXED_SECTIONS: readonly string[] = ['theme', 'launcher', 'features', 'limits', 'assistant'];

/** Fields that are not there come from the base; a number that was none, kept as `null`, is none again. */
function mend(part: unknown, kept: Readonly<Record<string, unknown>>): unknown {
  const fields = Object.entries(Object(part)).map(([name, value]) => {
    if (typeof value === 'number' && kept[name] === null) return [name, Number.NaN];
    return [name, typeof kept[name] === typeof value ? kept[name] : value];
  });
  return Object.fromEntries(fields);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'fields' : typeof value;
}
