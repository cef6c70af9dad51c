import { createHmac } from 'node:crypto';
import { eventText, openingText, type SealedEvent, takeMac } from '../../shared/stream-seal.ts';

/**
 * Follows the chain of a stream as a visitor of this signing key (base64url) does. The answered function gives the data
 * of each event without its seal, and throws if the last event does not carry the mac of everything before it.
 */
export function followSeal(
  signingKey: string,
  { method, target }: { readonly method: string; readonly target: string },
): (event: SealedEvent) => string {
  const sign = (text: string) => createHmac('sha256', Buffer.from(signingKey, 'base64url')).update(text).digest('hex');
  let link = sign(openingText(method, target));
  let number = 0;
  return (event) => {
    const isEnd = event.name === 'reply-ended' || event.name === 'reply-failed';
    const sealed = isEnd ? takeMac(event.data) : undefined;
    const data = sealed?.data ?? event.data;
    link = sign(eventText(link, ++number, { ...event, data }));
    if (!isEnd) return data;
    if (sealed?.mac !== link) throw new Error(`The stream is not authentic: ${event.data}`);
    const { digest: _, ...fields } = JSON.parse(data);
    return JSON.stringify(fields);
  };
}
