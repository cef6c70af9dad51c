import { REPLY_MAX_BYTES } from '../../shared/chat.ts';

/** The text of a reply while it is produced: always whole characters, never more than 64 KiB of UTF-8. */
export type ReplyText = {
  readonly text: string;
  /** Answers whether everything fitted. What did not fit is dropped, and nothing can be added after it. */
  append(piece: string): boolean;
};

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const TRAILING_HIGH_SURROGATE = /[\ud800-\udbff]$/;

/**
 * A model may end a piece in the middle of a character outside the Basic Multilingual Plane. Its first half waits for
 * the second, so that neither the store nor a visitor ever gets half a character; a half that stays alone becomes U+FFFD.
 */
export function createReplyText(): ReplyText {
  let text = '';
  let bytes = 0;
  let heldBack = '';
  let isFull = false;
  return {
    get text() {
      return text;
    },
    append(piece) {
      if (isFull) return false;
      const arrived = heldBack + piece;
      heldBack = TRAILING_HIGH_SURROGATE.exec(arrived)?.[0] ?? '';
      const whole = arrived.slice(0, arrived.length - heldBack.length).replace(LONE_SURROGATE, '\ufffd');
      const fitting = takeBytes(whole, REPLY_MAX_BYTES - bytes);
      text += fitting;
      bytes += Buffer.byteLength(fitting);
      isFull = fitting.length < whole.length;
      return !isFull;
    },
  };
}

/** The longest prefix of whole characters that needs at most `limit` bytes of UTF-8. */
function takeBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  // The write stops before a character that does not fit whole.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(limit));
  return text.slice(0, read);
}
