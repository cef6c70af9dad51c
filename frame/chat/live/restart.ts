import type { HostPage } from '../../host/host-page.ts';
import { keepDraft } from '../../session/kept-draft.ts';

/** How long the host page has to bring a new document before this one reloads itself. */
const REPLACED_WITHIN_MS = 1_500;

/**
 * Begins again with a new document, a new ticket and so a new session, and takes the draft along. The host page swaps
 * the iframe; a host page that does not know how sees a reload instead, and starts afresh at its next click.
 */
export function restart(hostPage: Pick<HostPage, 'restart'>, draft: string): void {
  keepDraft(draft);
  hostPage.restart();
  setTimeout(() => location.reload(), REPLACED_WITHIN_MS);
}
