import { type ReplyEvent, replyEventSchemas } from '../../shared/chat.ts';
import type { StreamVerifier } from './answer-verifier.ts';
import { ApiError } from './api-error.ts';
import { createEventReader, type StreamEvent } from './event-stream.ts';
import { parseJson } from './request.ts';

/** The server says at least a comment every 15 seconds; twice that and a little more is a dead connection. */
const LONGEST_SILENCE_MS = 35_000;

/**
 * The events of a streamed reply, each parsed whole, in batches as they arrived together. Ends when the connection is
 * closed, which says nothing about the reply: only its end event does. Throws `UNREACHABLE` if the connection breaks or
 * falls silent, and `SIGNATURE_INVALID` if `verifier` finds that they are not what the server sent. Events of a name this build does not know are skipped, because a newer server may send them.
 */
export async function* readReplyEvents(
  response: Response,
  verifier?: StreamVerifier,
): AsyncGenerator<readonly ReplyEvent[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new ApiError('UNREACHABLE');
  const events = createEventReader();
  try {
    for (;;) {
      const { done, value } = await readInTime(reader);
      if (done) return;
      const batch = events.push(value);
      const verified = await Promise.all(batch.map((event) => verifier?.next(event) ?? event));
      const known = verified.map(parseReplyEvent).filter((event) => event !== undefined);
      if (known.length > 0) yield known;
    }
  } finally {
    // Also reached when the consumer stops early: the server then sees that we left.
    reader.cancel().catch(() => {});
  }
}

type TextReader = ReadableStreamDefaultReader<string>;

function readInTime(reader: TextReader): Promise<ReadableStreamReadResult<string>> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new ApiError('UNREACHABLE', { cause }));
    const timer = setTimeout(fail, LONGEST_SILENCE_MS, 'silence');
    reader
      .read()
      .then(resolve, fail)
      .finally(() => clearTimeout(timer));
  });
}

function parseReplyEvent({ name, id, text }: StreamEvent): ReplyEvent | undefined {
  switch (name) {
    case 'reply-started':
      return { name, id, fields: parseJson(text, replyEventSchemas[name]) };
    case 'reply-delta':
      return { name, id, fields: parseJson(text, replyEventSchemas[name]) };
    case 'citation':
      return { name, id, fields: parseJson(text, replyEventSchemas[name]) };
    case 'reply-ended':
      return { name, id, fields: parseJson(text, replyEventSchemas[name]) };
    case 'reply-failed':
      return { name, id, fields: parseJson(text, replyEventSchemas[name]) };
    default:
      return undefined;
  }
}
