import { type DraftAnswer, draftAnswerSchema, savedDraftAnswerSchema } from '../../../shared/draft-api.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { AdminApi } from './admin-api.ts';

export type StoredDraft = NonNullable<DraftAnswer['draft']>;

/** What this admin left unpublished; `null` if nothing. */
export async function getDraft(api: AdminApi): Promise<StoredDraft | null> {
  const { draft } = await api.ask({ method: 'GET', path: '/draft' }, draftAnswerSchema);
  return draft;
}

export async function putDraft(
  api: AdminApi,
  body: { readonly baseVersion: number; readonly settings: Settings },
): Promise<void> {
  await api.ask({ method: 'PUT', path: '/draft', body }, savedDraftAnswerSchema);
}

export async function deleteDraft(api: AdminApi): Promise<void> {
  await api.fetch({ method: 'DELETE', path: '/draft' });
}
