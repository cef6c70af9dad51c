import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { ReplyEvent } from '../../../shared/chat.ts';
import {
  conversationId,
  delta,
  ended,
  failed,
  messageId,
  replyId,
  started,
  WHEN,
} from '../../../test/browser/frame/builders.ts';
import { ApiError } from '../../api/api-error.ts';
import type { ReplyEvents } from '../../api/chat-api.ts';
import { createConversation } from '../conversation.ts';
import { createExchange } from '../exchange.ts';
import type { Trouble } from '../trouble.ts';
import { createReplyFollower } from './reply-follower.ts';

async function* play(events: readonly ReplyEvent[]): AsyncGenerator<readonly ReplyEvent[]> {
  for (const event of events) yield [event];
}

function arrange() {
  const isOpen = signal(true);
  const trouble = signal<Trouble | undefined>(undefined);
  const hostPage = {
    isOpen,
    connect: vi.fn(),
    close: vi.fn(),
    restart: vi.fn(),
    report: vi.fn(),
    countUnread: vi.fn(),
    showLook: vi.fn(),
    preview: signal({}),
  };
  const api = {
    sendMessage: vi.fn(async (): Promise<ReplyEvents> => play([started(), delta('Yes.', 4), ended(4)])),
    resumeReply: vi.fn(async (): Promise<ReplyEvents> => play([ended(4)])),
    stopReply: vi.fn(async () => {}),
    rateReply: vi.fn(),
    tellOpened: vi.fn(),
    listConversations: vi.fn(),
    getConversation: vi.fn(),
  };
  const backOff = vi.fn(async () => {});
  const follower = createReplyFollower({ api, backOff, hostPage, trouble });
  const conversation = createConversation();
  const exchange = createExchange({ messageId: messageId(), text: 'Can I?' }, WHEN);
  const follow = () => follower.follow(conversation, exchange);
  const events = () => hostPage.report.mock.calls.map(([name]) => name);
  return { api, backOff, hostPage, isOpen, trouble, follower, conversation, exchange, follow, events };
}

test('sends a first message without a conversation, and learns its id', async () => {
  const { api, conversation, follow, events } = arrange();
  await follow();
  expect(api.sendMessage).toHaveBeenCalledWith({ messageId: messageId(), text: 'Can I?' }, expect.anything());
  expect(conversation.id.value).toBe(conversationId());
  expect(events()).toEqual(['conversation-started', 'message-sent', 'reply-started', 'reply-ended']);
});

test('sends a later message into its conversation', async () => {
  const { api, conversation, follow, events } = arrange();
  conversation.id.value = conversationId();
  await follow();
  expect(api.sendMessage).toHaveBeenCalledWith(
    { conversationId: conversationId(), messageId: messageId(), text: 'Can I?' },
    expect.anything(),
  );
  expect(events()).not.toContain('conversation-started');
});

test('resumes where the text is', async () => {
  const { api, follow } = arrange();
  api.sendMessage.mockResolvedValue(play([started(), delta('Yes.', 4)]));
  await follow();
  expect(api.resumeReply).toHaveBeenCalledWith(replyId(), '4.0', expect.anything());
});

test('counts an answer that ends while nobody looks', async () => {
  const { hostPage, isOpen, follow } = arrange();
  isOpen.value = false;
  await follow();
  expect(hostPage.countUnread).toHaveBeenCalledTimes(1);
});

test('tells a failure by its name', async () => {
  const { api, hostPage, follow, events } = arrange();
  api.sendMessage.mockResolvedValue(play([started(), failed('MODEL_TIMEOUT')]));
  await follow();
  expect(events().at(-1)).toBe('reply-failed');
  expect(hostPage.countUnread).not.toHaveBeenCalled();
});

test('stops a reply whose id is not known yet as soon as it is', async () => {
  const { api, follower, exchange, follow } = arrange();
  const following = follow();
  follower.stop(exchange);
  expect(api.stopReply).not.toHaveBeenCalled();
  await following;
  expect(api.stopReply).toHaveBeenCalledWith(replyId());
});

test('can be asked again to stop when the server was not reached', async () => {
  const { api, follower, exchange, follow } = arrange();
  api.stopReply.mockRejectedValue(new ApiError('UNREACHABLE'));
  api.sendMessage.mockResolvedValue(play([started()]));
  api.resumeReply.mockImplementation(async () => {
    follower.stop(exchange);
    await vi.waitFor(() => expect(exchange.reply.value.isStopping).toBe(false));
    return play([ended(0)]);
  });
  await follow();
  expect(api.stopReply).toHaveBeenCalledTimes(1);
});

test('takes a message back that never arrived when it is stopped', async () => {
  const { api, backOff, follower, exchange, follow } = arrange();
  api.sendMessage.mockRejectedValue(new ApiError('UNREACHABLE'));
  backOff.mockImplementation(async () => {
    if (exchange.reply.value.isReconnecting) follower.stop(exchange);
  });
  await follow();
  expect(exchange.reply.value.status).toBe('unsent');
  expect(api.stopReply).not.toHaveBeenCalled();
});

test('says that many answers are on their way, until this one comes', async () => {
  const { api, backOff, trouble, follow } = arrange();
  api.sendMessage.mockRejectedValueOnce(new ApiError('TOO_MANY_STREAMS', { status: 429 }));
  const troubles: unknown[] = [];
  backOff.mockImplementation(async () => void troubles.push(trouble.value?.code));
  await follow();
  expect(troubles).toEqual(['busy']);
  expect(trouble.value).toBeUndefined();
});
