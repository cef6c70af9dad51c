/**
 * How much of a reply somebody has: the `id` of every reply event, `<characters>.<citations>` and `.end` after the last
 * event. Characters are UTF-16 code units of the text. Because a position says *what* was received and not which event,
 * a stream can resume at any token, on any process, to the byte-identical text.
 */
export type ReplyPosition = { readonly characters: number; readonly citations: number; readonly hasEnd: boolean };

export const REPLY_START: ReplyPosition = { characters: 0, citations: 0, hasEnd: false };

const POSITION_SHAPE = /^(\d{1,7})\.(\d{1,3})(\.end)?$/;

export function formatReplyPosition({ characters, citations, hasEnd }: ReplyPosition): string {
  return `${characters}.${citations}${hasEnd ? '.end' : ''}`;
}

/** The position written in `text`, or `undefined` if it is none. */
export function parseReplyPosition(text: string): ReplyPosition | undefined {
  const match = POSITION_SHAPE.exec(text);
  if (match === null) return undefined;
  return { characters: Number(match[1]), citations: Number(match[2]), hasEnd: match[3] !== undefined };
}
