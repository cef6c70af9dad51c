/** What is kept in a tab (`sessionStorage`), by name. There is nothing else: no `localStorage`, no database, no cache. */

/** In the frame: what was being written when a session ended. */
export const DRAFT_NAME = 'draft';

/** In the frame: what finds a visitor again in this tab, where the widget's settings allow no more. */
export function resumeName(key: string): string {
  return `resume:${key}`;
}

/** On the host page: whether the widget `id` is open. */
export function openName(id: string): string {
  return `casement:${id}`;
}
