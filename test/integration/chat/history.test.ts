import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conversation, ConversationList } from '../../../shared/conversation.ts';
import type { FrameVisitor } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

const clock = createMovingClock();
let server: ChatServer;

beforeAll(async () => {
  server = await startChatServer({ clock });
  server.fake.answerWith((call) => {
    call.say(`About ${call.request.messages.at(-1)?.content}`);
    call.finish();
  });
});
afterAll(() => server.stop());

async function send(visitor: FrameVisitor, text: string, conversationId?: string): Promise<string> {
  const body = { ...newMessage(text), ...(conversationId !== undefined && { conversationId }) };
  const answer = await visitor.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body });
  return JSON.parse(answer.body).conversationId;
}

async function read<T>(visitor: FrameVisitor, path: string): Promise<T> {
  const { status, body } = await visitor.ask({ path });
  expect(status).toBe(200);
  return JSON.parse(body);
}

const next = (cursor: string | null) => (cursor === null ? '' : `?before=${cursor}`);

describe('the list of conversations', () => {
  it('comes newest first, page by page, whole and without a repetition, while more is written', async () => {
    const visitor = await server.visitor();
    const begun: string[] = [];
    // Some in the same millisecond: the clock stands still.
    for (let index = 0; index < 45; index++) begun.unshift(await send(visitor, `Question ${index}`));
    const first = await read<ConversationList>(visitor, '/conversations');
    await send(visitor, 'One more', begun.at(-1));
    clock.advance(1);
    await send(visitor, 'A new one');
    const second = await read<ConversationList>(visitor, `/conversations${next(first.nextBefore)}`);
    const third = await read<ConversationList>(visitor, `/conversations${next(second.nextBefore)}`);
    expect([first, second, third].map(({ conversations }) => conversations.length)).toEqual([20, 20, 5]);
    expect(third.nextBefore).toBeNull();
    const listed = [first, second, third].flatMap(({ conversations }) => conversations.map(({ id }) => id));
    expect(new Set(listed)).toEqual(new Set(begun));
  });

  it('has a title from the first message, and when the last one was written', async () => {
    const visitor = await server.visitor();
    const text = 'A very long question\nabout a very long boat with many very long masts and 👋 sails';
    const id = await send(visitor, text);
    clock.advance(60);
    await send(visitor, 'Short', id);
    const { conversations } = await read<ConversationList>(visitor, '/conversations');
    expect(conversations).toHaveLength(1);
    const [only] = conversations;
    expect(only?.title).toBe('A very long question about a very long boat with many very…');
    expect(Date.parse(only?.updatedAt ?? '') - Date.parse(only?.createdAt ?? '')).toBe(60_000);
  });

  it('is empty for a visitor who said nothing, and never shows what another said', async () => {
    await send(await server.visitor(), 'Private');
    expect(await read(await server.visitor(), '/conversations')).toEqual({ conversations: [], nextBefore: null });
  });
});

describe('a transcript', () => {
  it('comes in the order it was written, older messages by the cursor', async () => {
    const visitor = await server.visitor();
    const id = await send(visitor, 'Question 0');
    for (let index = 1; index < 30; index++) await send(visitor, `Question ${index}`, id);
    const latest = await read<Conversation>(visitor, `/conversations/${id}`);
    await send(visitor, 'Meanwhile', id);
    const older = await read<Conversation>(visitor, `/conversations/${id}${next(latest.nextBefore)}`);
    expect(older.nextBefore).toBeNull();
    const texts = [older, latest].flatMap(({ messages }) => messages.map(({ text }) => text));
    const expected = Array.from({ length: 30 }, (_, index) => [`Question ${index}`, `About Question ${index}`]).flat();
    expect(texts).toEqual(expected);
  });

  it('is nobody else’s to read', async () => {
    const id = await send(await server.visitor(), 'Mine');
    const { status, body } = await (await server.visitor()).ask({ path: `/conversations/${id}` });
    expect(status).toBe(404);
    expect(body).not.toContain('Mine');
  });

  it('is told to the model, the question last, in turns', async () => {
    const visitor = await server.visitor();
    const id = await send(visitor, 'One');
    await send(visitor, 'Two', id);
    await send(visitor, 'Three', id);
    const messages = server.fake.calls.at(-1)?.request.messages.slice(1);
    expect(messages?.map(({ content }) => content)).toEqual(['One', 'About One', 'Two', 'About Two', 'Three']);
  });
});
