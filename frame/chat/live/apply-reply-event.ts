import type { ReplyEvent } from '../../../shared/chat.ts';
import { parseReplyPosition } from '../../../shared/reply-position.ts';
import { ApiError } from '../../api/api-error.ts';
import type { ReplyState } from '../exchange.ts';

/**
 * The reply after `event`. Positions decide what is new: what is already here is left out, so that a piece sent twice
 * shows once. Throws `UNREACHABLE` if something is missing in between; listening again from here then brings it.
 */
export function applyReplyEvent(reply: ReplyState, event: ReplyEvent): ReplyState {
  const position = parseReplyPosition(event.id);
  if (position === undefined) throw new ApiError('UNREADABLE_ANSWER');
  switch (event.name) {
    case 'reply-started':
      return { ...reply, id: event.fields.replyId, status: 'streaming' };
    case 'reply-delta': {
      const { text } = event.fields;
      const known = requireNoGap(reply.text.length - (position.characters - text.length));
      return known >= text.length ? reply : { ...reply, text: reply.text + text.slice(known) };
    }
    case 'citation': {
      const known = requireNoGap(reply.citations.length - (position.citations - 1));
      return known >= 1 ? reply : { ...reply, citations: [...reply.citations, event.fields] };
    }
    case 'reply-ended':
      requireNoGap(reply.text.length - position.characters);
      requireNoGap(reply.citations.length - position.citations);
      return { ...reply, status: event.fields.status };
    case 'reply-failed': {
      const { code } = event.fields;
      return { ...reply, status: code === 'INTERRUPTED' ? 'interrupted' : 'failed', failureCode: code };
    }
    default:
      return event satisfies never;
  }
}

/** `overlap` is how much of what came is already here; below zero something before it never arrived. */
function requireNoGap(overlap: number): number {
  if (overlap < 0) throw new ApiError('UNREACHABLE');
  return overlap;
}
