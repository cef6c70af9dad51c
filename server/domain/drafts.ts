import {
  DRAFT_LIFETIME_DAYS,
  type DraftAnswer,
  type SaveDraftRequest,
  type SavedDraftAnswer,
} from '../../shared/draft-api.ts';
import type { Clock } from '../gateways/clock.ts';
import { type Draft, type DraftPlace, dropDraft, findDraft, putDraft } from '../store/drafts.ts';
import type { AdminCaller } from './admin-caller.ts';

export type { Draft };

export type DraftParts = { readonly clock: Clock };

const LIFETIME_MS = DRAFT_LIFETIME_DAYS * 24 * 60 * 60 * 1000;

/** What the caller has not published yet, if they left something. Nobody sees the draft of another. */
export async function readDraft(caller: AdminCaller, { clock }: DraftParts): Promise<DraftAnswer> {
  const draft = await findDraft(draftPlaceOf(caller), clock.now());
  if (draft === undefined) return { draft: null };
  const { baseVersion, settings, savedAt } = draft;
  return { draft: { baseVersion, settings, savedAt: savedAt.toISOString() } };
}

/** Keeps the caller's edit for 30 days, in place of the one they had. What it says is not looked at. */
export async function saveDraft(
  caller: AdminCaller,
  { baseVersion, settings }: SaveDraftRequest,
  { clock }: DraftParts,
): Promise<SavedDraftAnswer> {
  const savedAt = clock.now();
  const expireAt = new Date(savedAt.getTime() + LIFETIME_MS);
  await putDraft({ ...draftPlaceOf(caller), baseVersion, settings, savedAt, expireAt });
  return { savedAt: savedAt.toISOString() };
}

/** Throws the caller's edit away, if there is one. */
export async function deleteDraft(caller: AdminCaller): Promise<void> {
  await dropDraft(draftPlaceOf(caller));
}

export function draftPlaceOf({ companyId, widgetSlug, subject }: AdminCaller): DraftPlace {
  return { companyId, widgetSlug, subject };
}
