import { API_BASE } from '../../shared/api-path.ts';
import type { OpenSessionAnswer } from '../../shared/session.ts';
import { parseSignatures, SIGNATURE_TOLERANCE_SECONDS, signedText } from '../../shared/signature.ts';
import { eventText, openingText, takeMac } from '../../shared/stream-seal.ts';
import { ApiError } from './api-error.ts';
import type { StreamEvent } from './event-stream.ts';

/** An answer as it came. `path` is below the API, with its query. */
export type ReceivedAnswer = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly signature: string | null;
  readonly body: ArrayBuffer;
};

/** Verifies what is answered within one session. */
export type AnswerVerifier = {
  /** Throws `SIGNATURE_INVALID` unless the session's key signed exactly this answer, not long before the latest one. */
  requireSigned(answer: ReceivedAnswer): Promise<void>;
  /** Follows the response with the stream of a reply. */
  followStream(method: string, path: string): StreamVerifier;
};

export type StreamVerifier = {
  /**
   * Moves the chain on by one event, in the order they came, and answers it without its mac. Throws `SIGNATURE_INVALID`
   * for a last event whose mac is not that of everything before it.
   */
  next(event: StreamEvent): Promise<StreamEvent>;
};

/**
 * Answers `undefined` where there is no WebCrypto: in a page without TLS. Nothing could be proven there, because the key
 * itself came in the clear.
 */
export async function createAnswerVerifier({
  signingKey,
  signingKeyId,
}: Pick<OpenSessionAnswer, 'signingKey' | 'signingKeyId'>): Promise<AnswerVerifier | undefined> {
  if (!isSecureContext) return undefined;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', decode(signingKey), algorithm, false, ['sign']);
  const sign = async (text: string) => toHex(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
  let latest = 0;

  return {
    async requireSigned({ method, path, status, signature, body }) {
      const { t = 0, v1 } = parseSignatures(signature ?? '').find(({ kid }) => kid === signingKeyId) ?? {};
      const bodyHash = toHex(await crypto.subtle.digest('SHA-256', body));
      const [pathname = ''] = (API_BASE + path).split('?');
      // The visitor's clock may be wrong by hours, so the server's own times are compared with each other.
      const isTimely = t >= latest - SIGNATURE_TOLERANCE_SECONDS;
      if (!isTimely || v1 !== (await sign(signedText({ t, method, path: pathname, status, bodyHash })))) refuse();
      latest = Math.max(latest, t);
    },

    followStream(method, path) {
      let link = sign(openingText(method, API_BASE + path));
      let number = 0;
      return {
        async next(event) {
          const isEnd = event.name === 'reply-ended' || event.name === 'reply-failed';
          const sealed = isEnd ? takeMac(event.text) : undefined;
          const data = sealed?.data ?? event.text;
          const position = ++number;
          link = link.then((previous) => sign(eventText(previous, position, { id: event.id, name: event.name, data })));
          if (isEnd && sealed?.mac !== (await link)) refuse();
          return { ...event, text: data };
        },
      };
    },
  };
}

/** SHA-256 of a text, in hexadecimal. Needs WebCrypto. */
export async function hashText(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

function refuse(): never {
  throw new ApiError('SIGNATURE_INVALID');
}

function decode(base64url: string): Uint8Array<ArrayBuffer> {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
