import { type ReadonlySignal, signal } from '@preact/signals';
import type { SettingsAnswer } from '../../../shared/settings-api.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { deleteDraft, getDraft, putDraft } from '../api/draft.ts';
import { getVersion } from '../api/settings.ts';
import { findConflictFields, resolveConflict } from './conflict.ts';
import type { Draft } from './draft.ts';
import { type KeptDraft, keepDraft } from './kept-draft.ts';
import { BORN_WITH, type LeftDraft, readLeftDraft } from './left-draft.ts';

/** The draft on the server: what was left there the last time, and a copy of what is edited now. */
export type DraftKeeper = {
  readonly kept: KeptDraft;
  /** What the admin left, until they decide. */
  readonly left: ReadonlySignal<LeftDraft | undefined>;
  settle(choice: 'go-on' | 'discard'): void;
};

type Parts = {
  readonly api: AdminApi;
  readonly draft: Draft;
  readonly published: ReadonlySignal<SettingsAnswer>;
  /** Whoever may not write has no draft. */
  readonly mayWrite: boolean;
};

const RETRY_MS = 8_000;

export function createDraftKeeper({ api, draft, published, mayWrite }: Parts): DraftKeeper {
  const left = signal<LeftDraft | undefined>(undefined);
  const kept = keepDraft({ draft, put: (body) => putDraft(api, body), remove: () => deleteDraft(api) });

  async function look(): Promise<void> {
    try {
      const stored = await getDraft(api);
      if (stored === null) return kept.begin(false);
      left.value = readLeftDraft(stored, await settingsOf(stored.baseVersion));
      if (left.value === undefined) kept.begin(true);
    } catch {
      setTimeout(() => void look(), RETRY_MS);
    }
  }

  async function settingsOf(version: number) {
    if (version === published.value.version) return published.value.settings;
    if (version === BORN_WITH.version) return BORN_WITH.settings;
    return (await getVersion(api, version)).settings;
  }

  if (mayWrite) void look();
  return {
    kept,
    left,
    settle(choice) {
      const found = left.value;
      if (found === undefined) return;
      if (choice === 'go-on') draft.replace(withEdits(found, draft), found.base);
      left.value = undefined;
      kept.begin(true);
    },
  };
}

/** What was edited while the offer stood is newer, and stays on top. */
function withEdits(left: LeftDraft, draft: Draft) {
  const sides = { base: draft.base.value, mine: draft.settings.value, theirs: left.settings };
  return draft.changes.value.length === 0
    ? left.settings
    : resolveConflict(sides, findConflictFields(sides), new Map());
}
