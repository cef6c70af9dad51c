import * as v from 'valibot';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** One difference between two versions of settings. What was or is not there is left out. */
export const settingsChangeSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('value'),
    /** Where, such as `theme.primary` or `locales.de.greeting`. */
    path: v.string(),
    before: v.optional(v.unknown()),
    after: v.optional(v.unknown()),
  }),
  v.strictObject({
    kind: v.literal('sites'),
    path: v.literal('allowlist'),
    added: v.array(v.string()),
    removed: v.array(v.string()),
  }),
]);
export type SettingsChange = v.InferOutput<typeof settingsChangeSchema>;
export type SettingsSection = keyof Settings;

/** What leads from `before` to `after`, in the order of the settings. The order of an allowlist means nothing. */
export function diffSettings(before: Settings, after: Settings): readonly SettingsChange[] {
  const { allowlist: sitesBefore, ...restBefore } = before;
  const { allowlist: sitesAfter, ...restAfter } = after;
  return [...diffValues('', restBefore, restAfter), ...diffSites(sitesBefore, sitesAfter)];
}

/** The parts of the settings that the changes are in. */
export function sectionsOf(changes: readonly SettingsChange[]): readonly SettingsSection[] {
  return [...new Set(changes.map(({ path }) => path.split('.', 1)[0] ?? '').filter(isSection))];
}

function isSection(name: string): name is SettingsSection {
  return Object.hasOwn(DEFAULT_SETTINGS, name);
}

function* diffValues(path: string, before: unknown, after: unknown): Generator<SettingsChange> {
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* diffValues(path === '' ? key : `${path}.${key}`, before[key], after[key]);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    yield {
      kind: 'value',
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
  }
}

function* diffSites(before: readonly string[], after: readonly string[]): Generator<SettingsChange> {
  const [old, current] = [new Set(before), new Set(after)];
  const added = after.filter((entry) => !old.has(entry));
  const removed = before.filter((entry) => !current.has(entry));
  if (added.length + removed.length > 0) yield { kind: 'sites', path: 'allowlist', added, removed };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
