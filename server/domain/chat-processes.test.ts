import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createTestChat,
  createVisitor,
  ended,
  newMessageId,
  type TestChat,
  until,
} from '../../test/support/chat-fixtures.ts';

const visitor = createVisitor();
let open: TestChat[] = [];

function start(shared?: Partial<Pick<TestChat, 'store' | 'clock'>>): TestChat {
  const chat = createTestChat(shared);
  open.push(chat);
  return chat;
}

async function startReply(here: TestChat) {
  const opened = await here.chat.sendMessage(visitor, { messageId: newMessageId(), text: 'Hi' });
  return { ...opened, call: await here.model.call(0) };
}

afterEach(async () => {
  for (const { store } of open) store.failure = undefined;
  await Promise.all(open.map(({ chat }) => chat.shutdown(0)));
  open = [];
});

describe('stopping a reply', () => {
  it('ends the call and keeps what was said, also what was not stored yet', async () => {
    const here = start();
    const { message, source, call } = await startReply(here);
    call.say('Some words');
    await until(source, ({ text }) => text !== '');
    call.say(' and more');
    await new Promise(setImmediate);
    await here.chat.stopReply(visitor, message.replyId);
    expect(source.current()).toMatchObject({ status: 'stopped', text: 'Some words and more' });
    expect(here.store.messages.get(message.replyId)?.reply).toEqual(source.current());
    expect(call.request.signal.aborted).toBe(true);
  });

  it('changes nothing about a reply that has ended, and is refused to others', async () => {
    const here = start();
    const { message, source, call } = await startReply(here);
    call.say('Done');
    call.finish();
    await ended(source);
    await here.chat.stopReply(visitor, message.replyId);
    expect(here.store.messages.get(message.replyId)?.reply.status).toBe('complete');
    await expect(here.chat.stopReply(createVisitor(), message.replyId)).rejects.toMatchObject({
      code: 'REPLY_NOT_FOUND',
    });
  });

  it('ends the call on another process', async () => {
    const here = start();
    const { message, source, call } = await startReply(here);
    call.say('Some words');
    await until(source, ({ text }) => text !== '');
    await start(here).chat.stopReply(visitor, message.replyId);
    const end = ended(source);
    call.say(' never seen');
    expect(await end).toMatchObject({ status: 'stopped', text: 'Some words' });
    expect(call.request.signal.aborted).toBe(true);
  });

  it('ends a silent call on another process within its lease', async () => {
    const here = start();
    const { message, source, call } = await startReply(here);
    await start(here).chat.stopReply(visitor, message.replyId);
    const end = ended(source);
    here.clock.advance(4);
    expect(await end).toMatchObject({ status: 'stopped', text: '' });
    expect(call.request.signal.aborted).toBe(true);
  });
});

describe('a reply read on another process', () => {
  it('comes whole, and without calling the model again', async () => {
    const here = start();
    const there = start(here);
    const { message, call } = await startReply(here);
    call.say('One ');
    const { source } = await there.chat.openReply(visitor, message.replyId);
    await until(source, ({ text }) => text === 'One ');
    call.say('two');
    call.finish();
    expect(await ended(source)).toMatchObject({ status: 'complete', text: 'One two' });
    expect(there.model.calls).toHaveLength(0);
  });

  it('is said to be listened to', async () => {
    const here = start();
    const { message } = await startReply(here);
    const reader = await start(here).chat.openReply(visitor, message.replyId);
    const end = ended(reader.source);
    await vi.waitFor(() => expect(here.store.messages.get(message.replyId)?.watchedAt).toEqual(here.clock.now()));
    await here.chat.stopReply(visitor, message.replyId);
    expect(await end).toMatchObject({ status: 'stopped' });
  });

  it('is interrupted when its process has died, and nothing that process still says is taken', async () => {
    const frozen = start();
    const { message, source, call } = await startReply(frozen);
    call.say('Last words');
    await until(source, ({ text }) => text !== '');
    const { leaseUntil = new Date(Number.NaN) } = frozen.store.messages.get(message.replyId) ?? {};
    const end = ended(source);
    await frozen.store.markInterrupted(message.replyId, new Date(leaseUntil.getTime() + 1));
    call.say(' too late');
    expect(await end).toMatchObject({ status: 'interrupted', text: 'Last words' });
    const reader = await start(frozen).chat.openReply(visitor, message.replyId);
    expect(reader.source.current()).toMatchObject({ status: 'interrupted', text: 'Last words' });
  });

  it('is refused to another visitor', async () => {
    const here = start();
    const { message } = await startReply(here);
    await expect(start(here).chat.openReply(createVisitor(), message.replyId)).rejects.toMatchObject({
      code: 'REPLY_NOT_FOUND',
    });
  });
});

describe('asking again', () => {
  it('answers the old text anew, and only once', async () => {
    const here = start();
    const { message, source, call } = await startReply(here);
    call.fail(new Error('Broken'));
    await ended(source);
    const { conversationId, messageId: retryOf } = message;
    const request = { conversationId, messageId: newMessageId(), text: 'Whatever', retryOf };
    const retried = await here.chat.sendMessage(visitor, request);
    expect(retried.message.text).toBe('Hi');
    expect((await here.model.call(1)).request.messages).toEqual([{ role: 'visitor', text: 'Hi' }]);
    await expect(here.chat.sendMessage(visitor, request)).resolves.toMatchObject({ message: { text: 'Hi' } });
    const another = here.chat.sendMessage(visitor, { ...request, messageId: newMessageId() });
    await expect(another).rejects.toMatchObject({ code: 'REPLY_NOT_RETRYABLE' });
    expect(here.model.calls).toHaveLength(2);
  });

  it.each([
    ['is under way', false],
    ['is complete', true],
  ])('is refused while the reply %s', async (_case, isComplete) => {
    const here = start();
    const { message, source, call } = await startReply(here);
    call.say('Yes');
    await until(source, ({ text }) => text !== '');
    if (isComplete) call.finish();
    if (isComplete) await ended(source);
    const { conversationId, messageId: retryOf } = message;
    const retry = here.chat.sendMessage(visitor, { conversationId, messageId: newMessageId(), text: 'Hi', retryOf });
    await expect(retry).rejects.toMatchObject({ code: 'REPLY_NOT_RETRYABLE' });
  });

  it('names its conversation, and a message that is in it', async () => {
    const here = start();
    const { message } = await startReply(here);
    const request = { messageId: newMessageId(), text: 'Hi', retryOf: message.messageId };
    await expect(here.chat.sendMessage(visitor, request)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'conversationId' },
    });
    const unknown = { ...request, conversationId: message.conversationId, retryOf: newMessageId() };
    await expect(here.chat.sendMessage(visitor, unknown)).rejects.toMatchObject({ code: 'REPLY_NOT_FOUND' });
  });
});

describe('the end of a process', () => {
  it('lets a reply complete within the grace', async () => {
    const here = start();
    const { source, call } = await startReply(here);
    const closing = here.chat.shutdown(10_000);
    call.say('In time');
    call.finish();
    await closing;
    expect(source.current()).toMatchObject({ status: 'complete', text: 'In time' });
  });

  it('interrupts what does not, with everything stored that was produced', async () => {
    const here = start();
    const { message, source, call } = await startReply(here);
    call.say('Half of');
    await until(source, ({ text }) => text !== '');
    await here.chat.shutdown(0);
    expect(here.store.messages.get(message.replyId)?.reply).toMatchObject({ status: 'interrupted', text: 'Half of' });
  });

  it('leaves replies that the next start marks as interrupted', async () => {
    const here = start();
    const { message, call } = await startReply(here);
    expect(await start(here).chat.interruptAbandoned('expired')).toBe(0);
    expect(await start(here).chat.interruptAbandoned('every')).toBe(1);
    call.say('Nobody hears');
    const { source } = await here.chat.openReply(visitor, message.replyId);
    expect(await ended(source)).toMatchObject({ status: 'interrupted', text: '' });
  });
});

describe('a store that does not answer', () => {
  it('shows nothing, and everything once it answers again', async () => {
    const here = start();
    const { source, call } = await startReply(here);
    here.store.failure = new Error('Away');
    call.say('Kept ');
    await vi.waitFor(() => expect(here.store.failures).toBeGreaterThan(0));
    expect(source.current().text).toBe('');
    here.store.failure = undefined;
    call.say('safe');
    call.finish();
    expect(await ended(source)).toMatchObject({ status: 'complete', text: 'Kept safe' });
  });
});
