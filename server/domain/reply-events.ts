import type { ReplyEvent } from '../../shared/chat.ts';
import { formatReplyPosition, type ReplyPosition } from '../../shared/reply-position.ts';
import { replyFailure } from './reply-failures.ts';
import { hasEnded, type ReplyState } from './reply-state.ts';

export type ReplyStep = { readonly event: ReplyEvent; readonly position: ReplyPosition };

/**
 * What somebody at `position` has to be sent next, and where they are after it; `undefined` if they have everything so
 * far. Text comes first and whole: a reader that was slow or away gets one delta, however many the model produced.
 */
export function nextReplyStep(state: ReplyState, position: ReplyPosition): ReplyStep | undefined {
  if (position.hasEnd) return undefined;
  if (position.characters < state.text.length) {
    const next = { ...position, characters: state.text.length };
    return step(next, { name: 'reply-delta', fields: { text: state.text.slice(position.characters) } });
  }
  const citation = state.citations[position.citations];
  if (citation !== undefined) {
    return step({ ...position, citations: position.citations + 1 }, { name: 'citation', fields: citation });
  }
  return hasEnded(state) ? step({ ...position, hasEnd: true }, endOf(state)) : undefined;
}

/** Whether a reader can be at `position`: no further than the reply, and not inside of a surrogate pair. */
export function isPositionOf(state: ReplyState, position: ReplyPosition): boolean {
  const { characters, citations, hasEnd } = position;
  if (characters > state.text.length || citations > state.citations.length) return false;
  if (hasEnd) return hasEnded(state) && characters === state.text.length && citations === state.citations.length;
  return !isLowSurrogate(state.text.charCodeAt(characters));
}

type WithoutId<E> = E extends ReplyEvent ? Omit<E, 'id'> : never;

function step(position: ReplyPosition, event: WithoutId<ReplyEvent>): ReplyStep {
  return { position, event: { ...event, id: formatReplyPosition(position) } };
}

function endOf(state: ReplyState): WithoutId<ReplyEvent> {
  if (state.status === 'complete' || state.status === 'stopped') {
    return { name: 'reply-ended', fields: { status: state.status } };
  }
  return { name: 'reply-failed', fields: replyFailure(state.failure ?? 'INTERRUPTED') };
}

function isLowSurrogate(codeUnit: number): boolean {
  return codeUnit >= 0xdc00 && codeUnit <= 0xdfff;
}
