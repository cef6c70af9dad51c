import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { messageId, WHEN } from '../../test/browser/frame/builders.ts';
import { DEMO_CONFIGURATION } from '../../test/browser/frame/demo-configuration.ts';
import { createChat } from './chat.ts';
import { createConversation } from './conversation.ts';
import { createExchange } from './exchange.ts';
import { createHistory } from './live/history.ts';

function arrange() {
  const isOnline = signal(true);
  const chat = createChat(isOnline, DEMO_CONFIGURATION);
  const live = {
    send: vi.fn(),
    stop: vi.fn(),
    tryAgain: vi.fn(),
    rate: vi.fn(),
    openConversation: vi.fn(),
    loadEarlier: vi.fn(),
    history: createHistory({ listConversations: vi.fn() }),
  };
  const arrive = () => {
    chat.live.value = live;
    chat.isReady.value = true;
  };
  return { chat, live, isOnline, arrive };
}

test('can be typed into at once, and remembers that it is to be sent', () => {
  const { chat } = arrange();
  chat.edit('Where is my order?');
  chat.send();
  expect(chat.isWaitingToSend.value).toBe(true);
  expect(chat.draft.value).toBe('Where is my order?');
});

test('does not send what is being written on', () => {
  const { chat } = arrange();
  chat.edit('Where');
  chat.send();
  chat.edit('Where is');
  expect(chat.isWaitingToSend.value).toBe(false);
});

test('sends as soon as it can', () => {
  const { chat, live, arrive } = arrange();
  arrive();
  chat.edit('Where?');
  chat.send();
  expect(live.send).toHaveBeenCalledTimes(1);
  expect(chat.isWaitingToSend.value).toBe(false);
});

test.each([
  ['nothing', '', false],
  ['only white space', ' \n ', false],
  ['a word', ' a ', true],
  ['4,000 characters with white space round them', ` ${'x'.repeat(4_000)} `, true],
  ['4,001 characters', 'x'.repeat(4_001), false],
])('can send %s or not', (_, draft, can) => {
  const { chat } = arrange();
  chat.edit(draft);
  expect(chat.canSend.value).toBe(can);
});

test('counts what is left, and what is too much', () => {
  const { chat } = arrange();
  chat.edit('x'.repeat(4_010));
  expect(chat.charactersLeft.value).toBe(-10);
});

test('keeps the draft and sends nothing while it is offline', () => {
  const { chat, live, isOnline, arrive } = arrange();
  arrive();
  isOnline.value = false;
  chat.edit('Where?');
  chat.send();
  expect(live.send).not.toHaveBeenCalled();
  expect(chat.draft.value).toBe('Where?');
});

test('sends nothing while an answer is coming, and can again when it has ended', () => {
  const { chat } = arrange();
  const exchange = createExchange({ messageId: messageId(), text: 'a' }, WHEN);
  chat.conversation.value = createConversation(undefined, [exchange]);
  chat.edit('b');
  expect(chat.running.value).toBe(exchange);
  expect(chat.canSend.value).toBe(false);
  exchange.reply.value = { ...exchange.reply.value, status: 'complete' };
  expect(chat.running.value).toBeUndefined();
  expect(chat.canSend.value).toBe(true);
});

test('begins a new conversation empty, and keeps the draft', () => {
  const { chat } = arrange();
  chat.conversation.value = createConversation(undefined, [
    createExchange({ messageId: messageId(), text: 'a' }, WHEN),
  ]);
  chat.view.value = 'history';
  chat.edit('b');
  chat.startConversation();
  expect(chat.conversation.value.exchanges.value).toEqual([]);
  expect(chat.view.value).toBe('conversation');
  expect(chat.draft.value).toBe('b');
});
