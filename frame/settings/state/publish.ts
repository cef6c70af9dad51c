import type { Settings } from '../../../shared/settings.ts';
import type { SettingsConflict, SettingsProblem } from '../../../shared/settings-api.ts';
import { AdminApiError } from '../api/admin-api-error.ts';
import { getSettings, restoreVersion, saveSettings } from '../api/settings.ts';
import type { View } from '../view.ts';
import type { Sides } from './conflict.ts';
import { BORN_WITH } from './left-draft.ts';

/** How a publish ended. Whatever it was, nothing that was typed is lost. */
export type PublishOutcome =
  | { readonly kind: 'published'; readonly version: number; readonly undo: () => Promise<void> }
  /** Somebody else published since. */
  | { readonly kind: 'conflict'; readonly conflict: Conflict }
  /** The server found something wrong; each is shown at its field. */
  | { readonly kind: 'invalid'; readonly problems: readonly SettingsProblem[] }
  | { readonly kind: 'failed'; readonly error: unknown };

export type Conflict = Sides & {
  /** The version that is published now, who made it and when. */
  readonly version: number;
  readonly current: SettingsConflict['current'];
};

/** Publishes the draft with a note, unless `withdrawal` comes before it was sent; that is `failed` too. */
export async function publish(view: View, note: string, withdrawal: AbortSignal): Promise<PublishOutcome> {
  const { draft, api } = view;
  const before = { settings: draft.base.value, version: draft.baseVersion.value };
  const sent = draft.settings.value;
  try {
    await requireSameWidget(view);
    const answer = await saveSettings(api, { expectedVersion: before.version, settings: sent, note }, withdrawal);
    view.adopt(answer, sent);
    return { kind: 'published', version: answer.version, undo: () => undo(view, before, answer.version) };
  } catch (error) {
    if (!(error instanceof AdminApiError)) return { kind: 'failed', error };
    if (error.conflict !== undefined) return { kind: 'conflict', conflict: readConflict(error.conflict, sent) };
    if (error.problems.length === 0) return { kind: 'failed', error };
    draft.refuse(error.problems);
    return { kind: 'invalid', problems: error.problems };
  }
}

/**
 * Throws an AdminApiError if the sign-in leads to another widget by now: a company that was changed in the dashboard has
 * one of the same name, and its version may happen to be the same as well.
 */
async function requireSameWidget({ api, published }: View): Promise<void> {
  const known = new Set(published.value.publicKeys.map(({ publicKey }) => publicKey));
  if (known.size === 0) return;
  const { publicKeys } = await getSettings(api);
  if (publicKeys.some(({ publicKey }) => known.has(publicKey))) return;
  const message = 'Your sign-in is of another company now, and the widget you edited is not in it';
  throw new AdminApiError('WIDGET_NOT_FOUND', { message });
}

function readConflict({ expected, current, currentVersion }: SettingsConflict, mine: Settings): Conflict {
  return {
    base: expected?.settings ?? BORN_WITH.settings,
    mine,
    theirs: current?.settings ?? BORN_WITH.settings,
    version: currentVersion,
    current,
  };
}

/** Goes on with `settings` as an edit of what is published now. Throws what the server says. */
export async function goOnWith(view: View, settings: Settings, conflict: Conflict): Promise<void> {
  view.draft.replace(settings, { settings: conflict.theirs, version: conflict.version });
  view.adopt(await getSettings(view.api));
}

/** Makes a new version that is as the one before. Throws what the server says, a conflict too. */
async function undo(view: View, before: Base, published: number): Promise<void> {
  const request = { expectedVersion: published, note: `Undo of version ${published}` };
  const mayRestore = view.may('settings:restore') && before.version > 0;
  const answer = mayRestore
    ? await restoreVersion(view.api, before.version, request)
    : await saveSettings(view.api, { ...request, settings: before.settings });
  view.adopt(answer);
}

type Base = { readonly settings: Settings; readonly version: number };
