import * as v from 'valibot';
import type { ReplyEvent } from '../../../shared/chat.ts';
import { conversationIdSchema, messageIdSchema, replyIdSchema } from '../../../shared/ids.ts';
import { formatReplyPosition } from '../../../shared/reply-position.ts';

const uuid = (digit: number) => `${digit}0000000-0000-4000-8000-00000000000${digit}`;

export const messageId = (digit = 1) => v.parse(messageIdSchema, uuid(digit));
export const replyId = (digit = 1) => v.parse(replyIdSchema, uuid(digit));
export const conversationId = (digit = 1) => v.parse(conversationIdSchema, uuid(digit));

export const SESSION = {
  token: 'T1',
  expiresInSeconds: 900,
  signingKey: 'A'.repeat(43),
  signingKeyId: 'session-1',
  conversationId: null,
};

export const WHEN = '2026-03-12T14:02:00.000Z';

const at = (characters: number, citations = 0, hasEnd = false) =>
  formatReplyPosition({ characters, citations, hasEnd });

/** Events as the server numbers them: `upTo` is how many characters there are after the event. */
export const started = (digit = 1): ReplyEvent => ({
  name: 'reply-started',
  id: at(0),
  fields: { conversationId: conversationId(), messageId: messageId(), replyId: replyId(digit), createdAt: WHEN },
});
export const delta = (text: string, upTo: number, citations = 0): ReplyEvent => ({
  name: 'reply-delta',
  id: at(upTo, citations),
  fields: { text },
});
export const citation = (number: number, characters: number, count = number): ReplyEvent => ({
  name: 'citation',
  id: at(characters, count),
  fields: { number, title: `Source ${number}`, excerpt: 'Words.' },
});
export const ended = (characters: number, citations = 0): ReplyEvent => ({
  name: 'reply-ended',
  id: at(characters, citations, true),
  fields: { status: 'complete' },
});
export const failed = (code: 'INTERRUPTED' | 'MODEL_TIMEOUT', characters = 0): ReplyEvent => ({
  name: 'reply-failed',
  id: at(characters, 0, true),
  fields: { code, message: 'It failed.' },
});
