import type { Boot } from '../../shared/boot.ts';
import type { HostPage } from '../host/host-page.ts';
import type { PrepareLazyChunks } from '../host/lazy-chunks.ts';
import type { Chat } from './chat.ts';
import { UNREACHABLE } from './trouble.ts';

export type Surroundings = {
  readonly boot: Boot;
  readonly chat: Chat;
  readonly hostPage: HostPage;
};

const TRY_AGAIN_MS = 4_000;

/**
 * Loads what the first sight does not need: the way to the server, and what draws conversations. Tries until it
 * succeeds; meanwhile the panel says so and the draft stays.
 */
export async function loadRest(surroundings: Surroundings, prepareChunks: PrepareLazyChunks): Promise<void> {
  const { trouble } = surroundings.chat;
  for (;;) {
    try {
      await prepareChunks();
      break;
    } catch {
      trouble.value = UNREACHABLE;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
  const { connect } = await import('./live/connect.ts');
  trouble.value = undefined;
  connect(surroundings);
}
