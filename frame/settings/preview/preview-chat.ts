import { type ReadonlySignal, signal } from '@preact/signals';
import type { Nonce } from '../../../shared/nonce.ts';
import type { Settings } from '../../../shared/settings.ts';
import { sentenceOf } from '../api/admin-api-error.ts';
import { getPreviewTicket } from '../api/preview.ts';
import type { View } from '../view.ts';
import type { PreviewLink } from './preview-link.ts';

/** The chat's session in a preview, which answers from the draft. */
export type PreviewChat = {
  /** Why it cannot answer, in a sentence. */
  readonly trouble: ReadonlySignal<string | undefined>;
  /** Opens the session if there is none; asked for as long as the admin is in the preview. */
  open(): Promise<void>;
};

type PreviewedView = Pick<View, 'api' | 'draft' | 'keptDraft' | 'now' | 'reasonAgainst'>;

const RETRY_MS = 5_000;

/** A session is only opened for whoever uses it: until then nothing is asked of the server for the preview's sake. */
export function createPreviewChat(view: PreviewedView, link: PreviewLink, nonce: Nonce): PreviewChat {
  const trouble = signal(view.reasonAgainst('settings:write'));
  let state: 'none' | 'asking' | 'open' = 'none';
  let failed: { readonly with: Settings; readonly at: number } | undefined;

  /** What failed is not tried again at once, unless the draft is another one. */
  function isTooSoon(): boolean {
    return failed?.with === view.draft.settings.peek() && view.now() - failed.at < RETRY_MS;
  }

  async function open(): Promise<void> {
    if (state !== 'none' || isTooSoon() || view.reasonAgainst('settings:write') !== undefined) return;
    if (view.draft.problems.peek().length > 0) {
      trouble.value = 'The chat answers once nothing in the draft is wrong.';
      return;
    }
    state = 'asking';
    try {
      await view.keptDraft.hold();
      link.admit(await getPreviewTicket(view.api, nonce));
      state = 'open';
      trouble.value = undefined;
    } catch (error) {
      state = 'none';
      failed = { with: view.draft.settings.peek(), at: view.now() };
      trouble.value = `The chat cannot answer yet. ${sentenceOf(error)}`;
    }
  }

  return { trouble, open };
}
