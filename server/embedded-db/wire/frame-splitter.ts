/** The most bytes one wire message may have, as MongoDB announces in `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;

/** Bytes that are no wire message. The connection they came from is closed: nothing after them can be trusted. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/**
 * Cuts a byte stream into whole wire messages by the length each one starts with.
 * The returned function takes the next chunk and gives back the messages it completed, in order.
 * Throws `MalformedMessage` for a length that no message can have, before its bytes are awaited.
 */
export function createFrameSplitter(): (chunk: Buffer) => Buffer[] {
  let chunks: Buffer[] = [];
  let bytes = 0;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    const frames: Buffer[] = [];
    while (bytes >= 4) {
      const length = frameLength(chunks);
      if (bytes < length) break;
      // Chunks are joined only once a whole message is there: a 16 MB message then costs one copy, not one per chunk.
      const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      frames.push(all.subarray(0, length));
      const rest = all.subarray(length);
      chunks = rest.length > 0 ? [rest] : [];
      bytes = rest.length;
    }
    return frames;
  };
}

function frameLength(chunks: Buffer[]): number {
  const first = chunks[0];
  const prefix = first && first.length >= 4 ? first : Buffer.concat(chunks);
  const length = prefix.readInt32LE(0);
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
    throw new MalformedMessage(`A message of ${length} bytes is outside ${HEADER_BYTES} to ${MAX_MESSAGE_BYTES}`);
  }
  return length;
}
