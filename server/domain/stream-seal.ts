import { createHash, createHmac } from 'node:crypto';
import type { ReplyEvent } from '../../shared/chat.ts';
import { addMac, eventText, openingText, replyText } from '../../shared/stream-seal.ts';
import type { SigningKey } from './answer-signer.ts';
import type { ReplyState } from './reply-state.ts';

/** Authenticates one response with the stream of a reply; see `shared/stream-seal.ts`. */
export type StreamSeal = {
  /** The data of the next event, to be sent exactly so. `state` is the reply it is an event of. */
  next(event: ReplyEvent, state: ReplyState): string;
};

type StreamRequest = {
  readonly method: string;
  /** The request's path with its query. */
  readonly target: string;
};

export function createStreamSeal({ secret }: SigningKey, { method, target }: StreamRequest): StreamSeal {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
  let link = sign(openingText(method, target));
  let number = 0;
  return {
    next({ id, name, fields }, state) {
      const isEnd = name === 'reply-ended' || name === 'reply-failed';
      const data = JSON.stringify(isEnd ? { ...fields, digest: digestOf(state) } : fields);
      link = sign(eventText(link, ++number, { id, name, data }));
      return isEnd ? addMac(data, link) : data;
    },
  };
}

function digestOf({ text, citations }: ReplyState): string {
  return createHash('sha256').update(replyText(text, citations)).digest('hex');
}
