/**
 * What was being written when a session ended, kept over the new document that the next one needs. Where storage is
 * blocked it throws, and the draft is lost; nothing else depends on it.
 */
const NAME = 'draft';

export function keepDraft(draft: string): void {
  try {
    sessionStorage.setItem(NAME, draft);
  } catch {}
}

/** Answers the kept draft, once; else an empty text. */
export function takeDraft(): string {
  try {
    const draft = sessionStorage.getItem(NAME) ?? '';
    sessionStorage.removeItem(NAME);
    return draft;
  } catch {
    return '';
  }
}
