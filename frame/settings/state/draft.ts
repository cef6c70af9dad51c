import { computed, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../../shared/settings.ts';
import type { SettingsProblem } from '../../../shared/settings-api.ts';
import { diffSettings, type SettingsChange } from '../../../shared/settings-change.ts';
import { describeProblem } from './describe-problem.ts';
import { countSettings } from './whole-setting.ts';

/** What the admin makes of the published settings, before it is published. */
export type Draft = {
  /** The settings the edit began from, and their version. */
  readonly base: ReadonlySignal<Settings>;
  readonly baseVersion: ReadonlySignal<number>;
  /** What is on the screen. In the midst of an edit a value may break its rule; {@link Draft.problems} says which. */
  readonly settings: ReadonlySignal<Settings>;
  /** What would be published. */
  readonly changes: ReadonlySignal<readonly SettingsChange[]>;
  /** How many settings that are, as people count. */
  readonly count: ReadonlySignal<number>;
  /** Everything that keeps the draft from being published, by the field's path such as `theme.primary`. */
  readonly problems: ReadonlySignal<readonly SettingsProblem[]>;
  /** The sentence for one field, if there is something wrong with it. */
  problemOf(path: string): string | undefined;
  /** Changes one section: `edit('theme', (theme) => ({ ...theme, radius: 12 }))`. */
  edit<S extends keyof Settings>(section: S, change: (part: Settings[S]) => Settings[S]): void;
  /** Puts whole settings in place of what is on the screen; with `onto` they are an edit of those. */
  replace(settings: Settings, onto?: { readonly settings: Settings; readonly version: number }): void;
  /** Keeps what the server found wrong, until the next edit of that field. */
  refuse(problems: readonly SettingsProblem[]): void;
};

export function createDraft(published: { readonly settings: Settings; readonly version: number }): Draft {
  const base = signal(published.settings);
  const baseVersion = signal(published.version);
  const settings = signal(published.settings);
  const refused = signal<readonly SettingsProblem[]>([]);
  const changes = computed(() => diffSettings(base.value, settings.value));
  const problems = computed(() => mergeProblems(findProblems(settings.value), refused.value));
  const byField = computed(() => new Map(problems.value.map(({ field, message }) => [field, message])));

  return {
    base,
    baseVersion,
    settings,
    changes,
    count: computed(() => countSettings(changes.value)),
    problems,
    problemOf: (path) => byField.value.get(path),
    edit(section, change) {
      const before = settings.value;
      settings.value = { ...before, [section]: change(before[section]) };
      if (refused.value.length === 0) return;
      const edited = new Set(diffSettings(before, settings.value).map(({ path }) => path));
      refused.value = refused.value.filter(({ field }) => ![...edited].some((path) => isWithin(field, path)));
    },
    replace(next, onto) {
      if (onto !== undefined) {
        base.value = onto.settings;
        baseVersion.value = onto.version;
      }
      settings.value = next;
      refused.value = [];
    },
    refuse(found) {
      refused.value = found;
    },
  };
}

function findProblems(settings: Settings): readonly SettingsProblem[] {
  const result = v.safeParse(settingsSchema, settings);
  if (result.success) return [];
  return result.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: describeProblem(issue) }));
}

/** One sentence a field: what the schema finds here comes first, because it follows every key. */
function mergeProblems(found: readonly SettingsProblem[], refused: readonly SettingsProblem[]) {
  const fields = new Map([...refused, ...found].map((problem) => [problem.field, problem]));
  return [...fields.values()];
}

function isWithin(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}
