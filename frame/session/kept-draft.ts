import { DRAFT_NAME } from '../../shared/storage-name.ts';

/**
 * Keeps what was being written when a session ended over the new document that the next one needs. Where storage is
 * blocked the draft is lost; nothing else depends on it.
 */
export function keepDraft(draft: string): void {
  try {
    sessionStorage.setItem(DRAFT_NAME, draft);
  } catch {}
}

/** Answers the kept draft, once; else an empty text. */
export function takeDraft(): string {
  try {
    const draft = sessionStorage.getItem(DRAFT_NAME) ?? '';
    sessionStorage.removeItem(DRAFT_NAME);
    return draft;
  } catch {
    return '';
  }
}
