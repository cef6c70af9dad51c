import type { Signal } from '@preact/signals';
import type { ReplyEvent } from '../../../shared/chat.ts';
import { replyText } from '../../../shared/stream-seal.ts';
import { hashText } from '../../api/answer-verifier.ts';
import { ApiError, isPassing } from '../../api/api-error.ts';
import type { BackOff } from '../../api/back-off.ts';
import type { ReplyEvents } from '../../api/chat-api.ts';
import { isRunning, type ReplyState } from '../exchange.ts';
import { applyReplyEvent } from './apply-reply-event.ts';

type Options = {
  /** Begins to listen to what `reply` does not have yet. */
  readonly listen: (reply: ReplyState, signal: AbortSignal) => Promise<ReplyEvents>;
  /** Told of every event, after the reply has it. */
  readonly onEvent: (event: ReplyEvent) => void;
  /** Told when a try failed in a way that passes. */
  readonly onDelay: (error: ApiError) => void;
  readonly backOff: BackOff;
  readonly signal: AbortSignal;
};

/** How often in a row it is tried without a single event before the visitor is asked. */
const MOST_ATTEMPTS = 8;

/**
 * Follows one reply to its end over as many connections as it takes. A connection that closes or breaks says nothing
 * about the reply, so the next one asks for what is missing. When nothing comes for too long the reply is `lost`, or
 * `unsent` if the server never confirmed the message. Throws what will not pass by waiting.
 */
export async function followReply(reply: Signal<ReplyState>, options: Options): Promise<void> {
  const { backOff, signal } = options;
  for (let attempt = 1; ; attempt++) {
    const before = progressOf(reply.value);
    const leastMs = await listenOnce(reply, options);
    if (!isRunning(reply.value) || signal.aborted) return;
    if (progressOf(reply.value) !== before) attempt = 1;
    if (attempt === MOST_ATTEMPTS) break;
    // The first silent try is not worth a word: a stream is closed after two minutes as a matter of course.
    if (attempt > 1) reply.value = { ...reply.value, isReconnecting: true };
    await backOff(attempt, { leastMs, signal });
    if (signal.aborted) return;
  }
  reply.value = { ...reply.value, status: reply.value.id === undefined ? 'unsent' : 'lost', isReconnecting: false };
}

/** Listens until the connection is gone; answers how long the server asked to be left alone. */
async function listenOnce(reply: Signal<ReplyState>, options: Options): Promise<number> {
  try {
    for await (const batch of await options.listen(reply.value, options.signal)) {
      for (const event of batch) {
        const next = applyReplyEvent({ ...reply.value, isReconnecting: false }, event);
        await requireAuthentic(next, event);
        reply.value = next;
        options.onEvent(event);
        if (!isRunning(reply.value)) return 0;
      }
    }
  } catch (error) {
    if (options.signal.aborted) return 0;
    // Not a word of what somebody else may have written stays; another try begins at the start.
    if (error instanceof ApiError && error.code === 'SIGNATURE_INVALID') {
      reply.value = { ...reply.value, text: '', citations: [] };
    }
    if (!isPassing(error)) throw error;
    options.onDelay(error);
    return error.retryAfterSeconds * 1000;
  }
  return 0;
}

/**
 * The mac of a stream covers what came over its own connection; the digest in it covers the whole reply, whatever the
 * connections before brought. Throws `SIGNATURE_INVALID` if that is not the reply that is here.
 */
async function requireAuthentic({ text, citations }: ReplyState, event: ReplyEvent): Promise<void> {
  if (event.name !== 'reply-ended' && event.name !== 'reply-failed') return;
  const { digest } = event.fields;
  if (digest === undefined || !isSecureContext) return;
  if (digest !== (await hashText(replyText(text, citations)))) throw new ApiError('SIGNATURE_INVALID');
}

function progressOf({ id, text, citations }: ReplyState): string {
  return `${id} ${text.length} ${citations.length}`;
}
