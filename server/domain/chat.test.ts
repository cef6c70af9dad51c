import { afterEach, describe, expect, it } from 'vitest';
import {
  createTestChat,
  createVisitor,
  ended,
  newConversationId,
  newMessageId,
  type TestChat,
  until,
} from '../../test/support/chat-fixtures.ts';
import { ModelError } from '../gateways/model-gateway.ts';

const visitor = createVisitor();
let open: TestChat[] = [];

function start(shared?: Partial<Pick<TestChat, 'store' | 'clock'>>): TestChat {
  const chat = createTestChat(shared);
  open.push(chat);
  return chat;
}

afterEach(async () => {
  await Promise.all(open.map(({ chat }) => chat.shutdown(0)));
  open = [];
});

describe('sending a message', () => {
  it('stores it before the model is called, and each word before it is seen', async () => {
    const { chat, store, model } = start();
    const { message, source } = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Hello?' });
    expect(store.messages.get(message.replyId)).toMatchObject({ text: 'Hello?', reply: { status: 'streaming' } });
    const call = await model.call(0);
    call.say('Good ');
    await until(source, ({ text }) => text === 'Good ');
    expect(store.messages.get(message.replyId)?.reply.text).toBe('Good ');
    call.say('day');
    call.finish();
    expect(await ended(source)).toMatchObject({ status: 'complete', text: 'Good day' });
    expect(store.messages.get(message.replyId)?.reply).toMatchObject({ status: 'complete', text: 'Good day' });
  });

  it('is done once, and the model called once, for 50 of the same at the same time', async () => {
    const { chat, store, model } = start();
    const request = { messageId: newMessageId(), text: 'Once' };
    const all = Promise.all(Array.from({ length: 50 }, () => chat.sendMessage(visitor, request)));
    (await model.call(0)).say('Yes.');
    model.calls[0]?.finish();
    const replies = await Promise.all((await all).map(({ source }) => ended(source)));
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['Yes.']));
    expect(store.messages.size).toBe(1);
    expect(model.calls).toHaveLength(1);
  });

  it('finds the same conversation and reply again when it is repeated later', async () => {
    const { chat, model } = start();
    const request = { messageId: newMessageId(), text: 'Again' };
    const first = await chat.sendMessage(visitor, request);
    (await model.call(0)).say('Once.');
    model.calls[0]?.finish();
    await ended(first.source);
    const { conversationId } = first.message;
    for (const repeated of [request, { ...request, conversationId }]) {
      const { message, source } = await chat.sendMessage(visitor, repeated);
      expect(message.replyId).toBe(first.message.replyId);
      expect(await ended(source)).toMatchObject({ status: 'complete', text: 'Once.' });
    }
    expect(model.calls).toHaveLength(1);
  });

  it('refuses another text under the same id', async () => {
    const { chat } = start();
    const request = { messageId: newMessageId(), text: 'One' };
    await chat.sendMessage(visitor, request);
    await expect(chat.sendMessage(visitor, { ...request, text: 'Two' })).rejects.toMatchObject({
      code: 'MESSAGE_CONFLICT',
    });
    const together = ['Three', 'Four'].map((text) => chat.sendMessage(visitor, { messageId: newMessageId(), text }));
    await expect(Promise.all(together)).resolves.toHaveLength(2);
  });

  it('tells the model what was said before', async () => {
    const { chat, model } = start();
    const first = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'One?' });
    (await model.call(0)).say('1');
    model.calls[0]?.finish();
    await ended(first.source);
    const { conversationId } = first.message;
    await chat.sendMessage(visitor, { conversationId, messageId: newMessageId(), text: 'Two?' });
    const { request } = await model.call(1);
    expect(request.instructions).toBe('Be brief.');
    expect(request.messages).toEqual([
      { role: 'visitor', text: 'One?' },
      { role: 'assistant', text: '1' },
      { role: 'visitor', text: 'Two?' },
    ]);
  });

  it("refuses a conversation that is unknown or another visitor's", async () => {
    const { chat, model } = start();
    const { message } = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Mine' });
    for (const conversationId of [message.conversationId, newConversationId()]) {
      const intrusion = chat.sendMessage(createVisitor(), { conversationId, messageId: newMessageId(), text: 'Hi' });
      await expect(intrusion).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    }
    expect(model.calls.length).toBeLessThanOrEqual(1);
  });

  it('is refused while chat is switched off, and while the server stops', async () => {
    const { chat } = start();
    const { settings } = visitor.widget;
    const features = { ...settings.features, chat: false };
    const without = createVisitor({ widget: { ...visitor.widget, settings: { ...settings, features } } });
    const request = { messageId: newMessageId(), text: 'Hi' };
    await expect(chat.sendMessage(without, request)).rejects.toMatchObject({ code: 'FEATURE_OFF' });
    await chat.shutdown(0);
    await expect(chat.sendMessage(visitor, request)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });
});

describe('a reply that goes wrong', () => {
  it.each(['MODEL_BUSY', 'MODEL_REFUSED', 'MODEL_UNAVAILABLE'] as const)(
    'ends as failed with %s and keeps its text',
    async (code) => {
      const { chat, model } = start();
      const { source } = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Hi' });
      (await model.call(0)).say('So f');
      model.calls[0]?.fail(new ModelError(code));
      expect(await ended(source)).toEqual({ status: 'failed', failure: code, text: 'So f', citations: [] });
    },
  );

  it('is a model error when it is nothing known', async () => {
    const { chat, model } = start();
    const { source } = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Hi' });
    (await model.call(0)).fail(new RangeError('?'));
    expect(await ended(source)).toMatchObject({ status: 'failed', failure: 'MODEL_ERROR' });
  });

  it('ends at 64 KiB, and the call with it', async () => {
    const { chat, model } = start();
    const { source } = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Hi' });
    const call = await model.call(0);
    call.say('x'.repeat(65_536));
    call.say('y');
    expect(await ended(source)).toMatchObject({
      status: 'failed',
      failure: 'REPLY_TOO_LONG',
      text: 'x'.repeat(65_536),
    });
    expect(call.request.signal.aborted).toBe(true);
  });

  it.each([
    ['no word in 30 seconds', 31, ''],
    ['not finished after 100 seconds', 101, 'A word'],
  ])('is a time-out with %s', async (_case, seconds, text) => {
    const { chat, model, clock } = start();
    const { source } = await chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Hi' });
    const call = await model.call(0);
    call.say(text);
    await until(source, (state) => state.text === text);
    const end = ended(source);
    clock.advance(seconds);
    expect(await end).toMatchObject({ status: 'failed', failure: 'MODEL_TIMEOUT', text });
    expect(call.request.signal.aborted).toBe(true);
  });
});
