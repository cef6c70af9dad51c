import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { replyIdSchema } from '../../shared/ids.ts';
import { newConversationId, newMessageId } from '../../test/support/chat-fixtures.ts';
import type { MessageDocument } from '../store/messages.ts';
import { historyOf } from './message-history.ts';

function said(text: string, answer: string, over: Partial<MessageDocument> = {}): MessageDocument {
  return {
    _id: v.parse(replyIdSchema, randomUUID()),
    conversationId: newConversationId(),
    messageId: newMessageId(),
    widgetId: 'w',
    visitorId: 'v',
    text,
    createdAt: new Date(),
    reply: { status: answer === '' ? 'failed' : 'complete', text: answer, citations: [] },
    ownerId: 'o',
    ...over,
  };
}

const told = (newestFirst: readonly MessageDocument[], question = 'Now?') =>
  historyOf(newestFirst, { text: question }).map(({ role, text }) => `${role}: ${text}`);

describe('what a model is told', () => {
  it('is the conversation in the order it was written, the question last', () => {
    expect(told([said('Two', '2'), said('One', '1')])).toEqual([
      'visitor: One',
      'assistant: 1',
      'visitor: Two',
      'assistant: 2',
      'visitor: Now?',
    ]);
  });

  it('has visitor and assistant in turn, also where there was no answer', () => {
    expect(told([said('Two', ''), said('One', '1')])).toEqual(['visitor: One', 'assistant: 1', 'visitor: Two\n\nNow?']);
  });

  it('leaves out what was asked again', () => {
    const failed = said('One', 'Half an');
    const retry = said('One', 'Half an answer', { retryOf: failed.messageId });
    expect(told([retry, failed])).toEqual(['visitor: One', 'assistant: Half an answer', 'visitor: Now?']);
    const question = { text: 'One', retryOf: failed.messageId };
    expect(historyOf([failed], question)).toEqual([{ role: 'visitor', text: 'One' }]);
  });

  it('loses its beginning where it would be too long, never the question', () => {
    const long = 'x'.repeat(20_000);
    expect(told([said('Two', '2'), said(long, long), said('Zero', '0')])).toEqual([
      'visitor: Two',
      'assistant: 2',
      'visitor: Now?',
    ]);
    expect(told([], long)).toEqual([`visitor: ${long}`]);
  });
});
