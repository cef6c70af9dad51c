import type { Settings } from '../../../shared/settings.ts';
import { diffSettings, type SettingsChange } from '../../../shared/settings-change.ts';
import { valueAt, withValueAt } from './settings-path.ts';
import { settingOf } from './whole-setting.ts';

/** Two edits of the same settings: what they began from, what the admin made of it, and what somebody published. */
export type Sides = { readonly base: Settings; readonly mine: Settings; readonly theirs: Settings };

/** Whose value a field gets; sites of both sides can be joined. */
export type Choice = 'mine' | 'theirs' | 'both';

/** A setting that at least one side changed. */
export type ConflictField = {
  readonly path: string;
  /** What each side did to it; empty if that side left it alone. */
  readonly mine: readonly SettingsChange[];
  readonly theirs: readonly SettingsChange[];
  /** What is taken unless the admin chooses. */
  readonly usual: Choice;
  /** Whether both changed it, to different ends. */
  readonly isContested: boolean;
};

/**
 * Every setting that the two sides changed, contested ones first. What only one side changed is that side's; of what
 * both changed the admin's own is offered first. What both made the same is no question and is left out.
 */
export function findConflictFields(sides: Sides): readonly ConflictField[] {
  const mine = diffSettings(sides.base, sides.mine);
  const theirs = diffSettings(sides.base, sides.theirs);
  const paths = rootsOf([...theirs, ...mine].map(({ path }) => settingOf(path)));
  const fields = paths
    .filter((path) => !isSame(valueAt(sides.mine, path), valueAt(sides.theirs, path)))
    .map((path) => {
      const own = mine.filter((change) => isWithin(change.path, path));
      const others = theirs.filter((change) => isWithin(change.path, path));
      const isContested = own.length > 0 && others.length > 0;
      const usual: Choice = own.length === 0 ? 'theirs' : isContested && path === 'allowlist' ? 'both' : 'mine';
      return { path, mine: own, theirs: others, usual, isContested };
    });
  return fields.sort((one, other) => Number(other.isContested) - Number(one.isContested));
}

/** The settings that follow from the choices, on top of what is published. */
export function resolveConflict(
  sides: Sides,
  fields: readonly ConflictField[],
  choices: ReadonlyMap<string, Choice>,
): Settings {
  let settings = sides.theirs;
  for (const { path, usual } of fields) {
    const choice = choices.get(path) ?? usual;
    if (choice === 'both') settings = withValueAt(settings, path, joinSites(sides));
    if (choice === 'mine') settings = withValueAt(settings, path, valueAt(sides.mine, path));
  }
  return settings;
}

/** What either side added is there, what either side removed is not. */
function joinSites({ base, mine, theirs }: Sides): string[] {
  const old = new Set(base.allowlist);
  const [own, others] = [new Set(mine.allowlist), new Set(theirs.allowlist)];
  const all = new Set([...theirs.allowlist, ...mine.allowlist]);
  return [...all].filter((site) => !old.has(site) || (own.has(site) && others.has(site)));
}

/** Paths without those that lie within another, such as `locales.de.name` beside `locales.de`. */
function rootsOf(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths)];
  return unique.filter((path) => !unique.some((other) => other !== path && isWithin(path, other)));
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}.`);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
