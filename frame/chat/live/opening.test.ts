import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { Conversation } from '../../../shared/conversation.ts';
import type { OpenSessionAnswer } from '../../../shared/session.ts';
import { conversationId, messageId, replyId, SESSION, WHEN } from '../../../test/browser/frame/builders.ts';
import { DEMO_CONFIGURATION } from '../../../test/browser/frame/demo-configuration.ts';
import { ApiError } from '../../api/api-error.ts';
import { createChat } from '../chat.ts';
import { createOpening } from './opening.ts';

const STORED: Conversation = {
  id: conversationId(),
  messages: [
    { role: 'visitor', id: messageId(), text: 'Where?', createdAt: WHEN },
    {
      role: 'assistant',
      id: replyId(),
      replyTo: messageId(),
      status: 'streaming',
      text: 'On its',
      citations: [],
      createdAt: WHEN,
    },
  ],
  nextBefore: null,
};

function arrange() {
  const chat = createChat(signal(true), DEMO_CONFIGURATION);
  const open = vi.fn(async (): Promise<OpenSessionAnswer> => SESSION);
  const getConversation = vi.fn(async () => STORED);
  const sender = { send: vi.fn(), follow: vi.fn(async () => {}) };
  const backOff = vi.fn(async () => {});
  const opening = createOpening({ chat, api: { getConversation }, session: { open }, sender, backOff });
  const texts = () => chat.conversation.value.exchanges.value.map(({ text }) => text);
  return { chat, open, getConversation, sender, backOff, opening, texts };
}

const unreachable = async () => {
  throw new ApiError('UNREACHABLE');
};

test('greets a visitor who has no conversation', async () => {
  const { chat, opening, getConversation } = arrange();
  await opening.start();
  expect(chat.isReady.value).toBe(true);
  expect(getConversation).not.toHaveBeenCalled();
});

test('brings back the latest conversation and goes on with a reply that was still coming', async () => {
  const { chat, open, opening, sender, texts } = arrange();
  open.mockResolvedValue({ ...SESSION, conversationId: conversationId() });
  await opening.start();
  expect(texts()).toEqual(['Where?']);
  expect(chat.conversation.value.id.value).toBe(conversationId());
  expect(sender.follow).toHaveBeenCalledTimes(1);
});

test('sends what the visitor wanted to send meanwhile, into the conversation that came back', async () => {
  const { chat, opening, sender } = arrange();
  chat.edit('And this?');
  chat.send();
  await opening.start();
  expect(sender.send).toHaveBeenCalledTimes(1);
  expect(chat.isWaitingToSend.value).toBe(false);
});

test('keeps trying to open the session, says so, and lets the visitor write meanwhile', async () => {
  const { chat, open, opening, backOff } = arrange();
  const troubles: unknown[] = [];
  backOff.mockImplementation(async () => void troubles.push(chat.trouble.value?.code));
  for (let failure = 0; failure < 12; failure++) open.mockImplementationOnce(unreachable);
  await opening.start();
  expect(troubles.slice(0, 3)).toEqual([undefined, 'unreachable', 'unreachable']);
  expect(open).toHaveBeenCalledTimes(13);
  expect(chat.trouble.value).toBeUndefined();
});

test('does not put an old conversation over one that was begun meanwhile', async () => {
  const { chat, open, opening, getConversation } = arrange();
  open.mockResolvedValue({ ...SESSION, conversationId: conversationId() });
  getConversation.mockImplementation(async () => {
    chat.startConversation();
    return STORED;
  });
  await opening.start();
  expect(chat.conversation.value.exchanges.value).toEqual([]);
});

test('greets instead when a conversation cannot be loaded, and says why', async () => {
  const { chat, opening, getConversation } = arrange();
  getConversation.mockImplementation(unreachable);
  await opening.openConversation(conversationId());
  expect(getConversation).toHaveBeenCalledTimes(5);
  expect(chat.isReady.value).toBe(true);
  expect(chat.trouble.value?.code).toBe('unreachable');
});

test('says nothing of a conversation that is gone', async () => {
  const { chat, opening, getConversation } = arrange();
  getConversation.mockRejectedValue(new ApiError('CONVERSATION_NOT_FOUND', { status: 404 }));
  await opening.openConversation(conversationId());
  expect(chat.trouble.value).toBeUndefined();
});
