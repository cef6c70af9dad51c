import { describe, expect, it } from 'vitest';
import { newConversationId, newMessageId } from '../../test/support/chat-fixtures.ts';
import { conversationIdOf, replyIdOf } from './message-ids.ts';

const UUID_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the ids that follow from a message', () => {
  const [conversation, message] = [newConversationId(), newMessageId()];

  it('are the same for every retry, on every process', () => {
    expect(replyIdOf(conversation, message)).toBe(replyIdOf(conversation, message));
    expect(conversationIdOf('visitor', message)).toBe(conversationIdOf('visitor', message));
  });

  it('are UUIDs of their own for each visitor, conversation and message', () => {
    const ids = [
      replyIdOf(conversation, message),
      replyIdOf(conversation, newMessageId()),
      replyIdOf(newConversationId(), message),
      conversationIdOf('visitor', message),
      conversationIdOf('another', message),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(UUID_8);
  });
});
