import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { conversationId, messageId, replyId, WHEN } from '../../../test/browser/frame/builders.ts';
import { DEMO_CONFIGURATION } from '../../../test/browser/frame/demo-configuration.ts';
import { ApiError, type ApiErrorCode } from '../../api/api-error.ts';
import { createChat } from '../chat.ts';
import { type ConversationState, createConversation } from '../conversation.ts';
import { createExchange, type Exchange, type ReplyState } from '../exchange.ts';
import { createMessageSender } from './message-sender.ts';

function arrange(outcome: (exchange: Exchange) => void = () => {}) {
  const chat = createChat(signal(true), DEMO_CONFIGURATION);
  const follow = vi.fn(async (_: ConversationState, exchange: Exchange) => outcome(exchange));
  const reload = vi.fn();
  const sender = createMessageSender({ chat, follower: { follow }, reload });
  const exchanges = () => chat.conversation.value.exchanges.value;
  return { chat, follow, reload, sender, exchanges };
}

const refusing = (code: ApiErrorCode, status: number) => () => {
  throw new ApiError(code, { status });
};

/** An exchange that ended somehow, in the conversation that is open. */
function arrangeEnded(reply: Partial<ReplyState>, outcome?: (exchange: Exchange) => void) {
  const arranged = arrange(outcome);
  const exchange = createExchange({ messageId: messageId(1), text: 'Where?' }, WHEN);
  exchange.reply.value = { ...exchange.reply.value, ...reply };
  arranged.chat.conversation.value = createConversation(conversationId(), [exchange]);
  return { ...arranged, exchange };
}

test('takes the draft, trims it and sends it under a new id', () => {
  const { chat, follow, sender, exchanges } = arrange();
  chat.edit('  Where is my order?\n');
  sender.send();
  chat.edit('And');
  sender.send();
  expect(exchanges().map(({ text }) => text)).toEqual(['Where is my order?', 'And']);
  expect(new Set(exchanges().map((exchange) => exchange.messageId)).size).toBe(2);
  expect(chat.draft.value).toBe('');
  expect(follow).toHaveBeenCalledTimes(2);
});

test.each<ReplyState['status']>(['failed', 'interrupted', 'stopped'])(
  'asks again after a reply was %s: a new id, naming the message whose pair leaves',
  (status) => {
    const { sender, exchange, exchanges } = arrangeEnded({ id: replyId(), status });
    sender.tryAgain(exchange);
    expect(exchanges()).toHaveLength(1);
    expect(exchanges()[0]).toMatchObject({ text: 'Where?', retryOf: exchange.messageId });
    expect(exchanges()[0]?.messageId).not.toBe(exchange.messageId);
  },
);

test('sends the same message again under the same id when it was never confirmed', () => {
  const { sender, exchange, exchanges, follow } = arrangeEnded({ status: 'unsent' });
  sender.tryAgain(exchange);
  expect(exchanges()).toEqual([exchange]);
  expect(follow).toHaveBeenCalledWith(expect.anything(), exchange);
  expect(exchange.reply.value.status).toBe('sending');
});

test('fetches the rest of a reply that was lost', () => {
  const { sender, exchange, follow } = arrangeEnded({ id: replyId(), status: 'lost', text: 'Yes' });
  sender.tryAgain(exchange);
  expect(follow).toHaveBeenCalledWith(expect.anything(), exchange);
  expect(exchange.reply.value).toMatchObject({ status: 'streaming', text: 'Yes' });
});

test('asks again only once', () => {
  const { sender, exchange, follow } = arrangeEnded({ id: replyId(), status: 'failed' });
  sender.tryAgain(exchange);
  sender.tryAgain(exchange);
  expect(follow).toHaveBeenCalledTimes(1);
});

test('gives a refused message back to be changed', async () => {
  const { chat, sender, exchanges } = arrange(refusing('INVALID_REQUEST', 400));
  chat.edit('Where?');
  sender.send();
  await vi.waitFor(() => expect(chat.trouble.value?.code).toBe('refused'));
  expect(chat.draft.value).toBe('Where?');
  expect(exchanges()).toEqual([]);
});

test('gives a message back when there are no answers left for today', async () => {
  const { chat, sender, exchanges } = arrange(refusing('DAILY_LIMIT_REACHED', 429));
  chat.edit('Where?');
  sender.send();
  await vi.waitFor(() => expect(chat.trouble.value?.code).toBe('resting'));
  expect(chat.draft.value).toBe('Where?');
  expect(exchanges()).toEqual([]);
});

test('never overwrites what was written meanwhile', async () => {
  const { chat, sender, exchanges } = arrange(refusing('INVALID_REQUEST', 400));
  chat.edit('Where?');
  sender.send();
  chat.edit('Something else');
  await vi.waitFor(() => expect(exchanges()[0]?.reply.value.status).toBe('unsent'));
  expect(chat.draft.value).toBe('Something else');
});

test('gives the message back when the session is over, so that it can go along', async () => {
  const { chat, sender, exchanges } = arrange(refusing('SESSION_ENDED', 401));
  chat.edit('Where?');
  sender.send();
  await vi.waitFor(() => expect(chat.draft.value).toBe('Where?'));
  expect(exchanges()).toEqual([]);
  expect(chat.trouble.value).toBeUndefined();
});

test('loads the conversation again when the server knows a better reply than the one to be retried', async () => {
  const { sender, exchange, reload } = arrangeEnded(
    { id: replyId(), status: 'failed' },
    refusing('REPLY_NOT_RETRYABLE', 409),
  );
  sender.tryAgain(exchange);
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
});

test('begins anew when the conversation is gone', async () => {
  const { chat, sender, exchange } = arrangeEnded({ status: 'unsent' }, refusing('CONVERSATION_NOT_FOUND', 404));
  sender.tryAgain(exchange);
  await vi.waitFor(() => expect(exchange.reply.value.status).toBe('unsent'));
  expect(chat.conversation.value.id.value).toBeUndefined();
});

test('calls a reply lost when what is left of it cannot be read', async () => {
  const { sender, exchange } = arrangeEnded(
    { id: replyId(), status: 'lost', text: 'Yes' },
    refusing('UNREADABLE_ANSWER', 0),
  );
  sender.tryAgain(exchange);
  await vi.waitFor(() => expect(exchange.reply.value).toMatchObject({ status: 'lost', text: 'Yes' }));
});
