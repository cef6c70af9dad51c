import type { SettingsChange } from '../../../shared/settings-change.ts';
import { settingOf } from '../state/whole-setting.ts';
import { labelOf, languageName } from './field-label.ts';

/** One change of the settings, as people say it. What was or is not there is `undefined`. */
export type DescribedChange = { readonly path: string; readonly label: string } & (
  | { readonly kind: 'value'; readonly before: string | undefined; readonly after: string | undefined }
  /** `#rrggbb`, to be shown beside its name. */
  | { readonly kind: 'colour'; readonly before: string | undefined; readonly after: string | undefined }
  /** Words, to be compared word by word. */
  | { readonly kind: 'text'; readonly before: string; readonly after: string }
  | { readonly kind: 'sites'; readonly added: readonly string[]; readonly removed: readonly string[] }
);

/** What a list of changes says, a line for each setting, in the order of the settings. */
export function describeChanges(changes: readonly SettingsChange[]): readonly DescribedChange[] {
  return joinWholeSettings(changes).map(describeChange);
}

function describeChange(change: SettingsChange): DescribedChange {
  const { path } = change;
  const label = labelOf(path);
  if (change.kind === 'sites') return { ...change, label };
  const { before, after } = change;
  if (path === 'theme.primary') return { path, label, kind: 'colour', before: asText(before), after: asText(after) };
  if (isWords(path)) return { path, label, kind: 'text', before: asWords(before), after: asWords(after) };
  return { path, label, kind: 'value', before: say(path, before), after: say(path, after) };
}

/** Where an admin writes freely. */
function isWords(path: string): boolean {
  return path === 'assistant.instructions' || path.startsWith('locales.');
}

/** Changes in the parts of a whole setting become one: `{ kind: 'days', days: 30 }` instead of its two fields. */
function joinWholeSettings(changes: readonly SettingsChange[]): readonly SettingsChange[] {
  const joined = new Map<string, SettingsChange>();
  for (const change of changes) {
    const whole = settingOf(change.path);
    if (whole === change.path || change.kind === 'sites') {
      joined.set(change.path, change);
      continue;
    }
    const part = change.path.slice(whole.length + 1);
    const known = joined.get(whole);
    const { before = {}, after = {} } = known?.kind === 'value' ? known : {};
    joined.set(whole, {
      kind: 'value',
      path: whole,
      before: { ...Object(before), [part]: change.before },
      after: { ...Object(after), [part]: change.after },
    });
  }
  return [...joined.values()];
}

function say(path: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (path === 'defaultLocale') return languageName(String(value));
  if (PIXELS.includes(path) && typeof value === 'number') return `${value} px`;
  if (path === 'persistence' || path === 'retention') return sayPeriod(path, Object(value));
  return WORDS[`${path}=${value}`] ?? asText(value);
}

const PIXELS: readonly string[] = ['theme.radius', 'theme.offsetSide', 'theme.offsetBottom'];

const WORDS: Readonly<Record<string, string>> = {
  'theme.mode=light': 'light',
  'theme.mode=dark': 'dark',
  'theme.mode=auto': 'like the system',
  'theme.position=start': 'at the start of the line',
  'theme.position=end': 'at the end of the line',
  'launcher.icon=chat': 'speech bubble',
  'launcher.icon=question': 'question mark',
  'launcher.icon=spark': 'spark',
};

/** Of a change in the days alone only the days are known. */
function sayPeriod(path: string, { kind, days }: { kind?: string; days?: number }): string {
  if (days !== undefined) return days === 1 ? 'for 1 day' : `for ${days} days`;
  if (kind === 'tab') return 'as long as the tab is open';
  if (kind === 'never') return 'never';
  return path === 'retention' ? 'for ever' : 'as long as the browser keeps it';
}

function asText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A text as it is, a list line by line, the texts of a whole language one under the other. */
function asWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value)
    .map(asWords)
    .filter((text) => text !== '')
    .join('\n');
}
