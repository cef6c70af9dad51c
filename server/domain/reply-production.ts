import type { Logger } from 'pino';
import { ModelError, type ModelEvent } from '../gateways/model-gateway.ts';
import type { LiveReply } from './reply-live.ts';

/**
 * Lets the model speak into the reply until either of them ends. Never rejects: what goes wrong becomes the end of the
 * reply. A model that goes on after the reply has ended is not listened to.
 */
export async function produceReply(
  reply: LiveReply,
  events: AsyncIterable<ModelEvent>,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  try {
    for await (const event of events) {
      if (reply.isDecided) return;
      if (event.type === 'text') reply.append(event.text);
      else reply.cite(event.citation);
    }
    reply.end({ status: 'complete' });
  } catch (error) {
    if (reply.isDecided) return;
    const failure = error instanceof ModelError ? error.code : 'MODEL_ERROR';
    // What a gateway tells about its failure quotes nobody; of anything else, the error itself is needed.
    const why = error instanceof ModelError ? { why: error.cause } : { err: error };
    log.warn({ ...why, replyId: reply.replyId, failure }, 'The model did not answer');
    reply.end({ status: 'failed', failure });
  }
}
