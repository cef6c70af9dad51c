import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { replyIdSchema } from '../../shared/ids.ts';
import { newConversationId, newMessageId } from '../../test/support/chat-fixtures.ts';
import { createMemoryChatStore, type MemoryChatStore } from '../../test/support/memory-chat-store.ts';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import { checkDeadlines } from './reply-deadlines.ts';
import { LEASE_MS, LiveReply } from './reply-live.ts';

const listener = { changed() {}, lost() {} };

let clock: ReturnType<typeof createMovingClock>;
let store: MemoryChatStore;
let reply: LiveReply;

const check = () => checkDeadlines(reply, { clock, store });
const storedReply = () => store.messages.get(reply.replyId);

beforeEach(async () => {
  clock = createMovingClock();
  store = createMemoryChatStore();
  const replyId = v.parse(replyIdSchema, randomUUID());
  const ownerId = randomUUID();
  await store.insertMessage({
    _id: replyId,
    conversationId: newConversationId(),
    messageId: newMessageId(),
    widgetId: randomUUID(),
    visitorId: randomUUID(),
    text: 'Hi',
    createdAt: clock.now(),
    reply: { status: 'streaming', text: '', citations: [] },
    ownerId,
    leaseUntil: new Date(clock.now().getTime() + LEASE_MS),
  });
  reply = new LiveReply({ replyId, ownerId, store, clock, onStoreFailure() {} });
});

describe('a reply under way', () => {
  it('is left alone while it is listened to and has time', async () => {
    reply.subscribe(listener);
    clock.advance(29);
    await check();
    expect(reply.signal.aborted).toBe(false);
  });

  it('is ended when nobody has listened for 30 seconds', async () => {
    reply.append('A word');
    const leave = reply.subscribe(listener);
    clock.advance(50);
    leave();
    clock.advance(30);
    await check();
    expect(reply.signal.aborted).toBe(false);
    clock.advance(1);
    await check();
    await reply.settled;
    expect(reply.current()).toMatchObject({ status: 'interrupted', failure: 'INTERRUPTED', text: 'A word' });
  });

  it('goes on when somebody comes back within 30 seconds', async () => {
    reply.append('A word');
    clock.advance(29);
    reply.subscribe(listener);
    clock.advance(29);
    await check();
    expect(reply.signal.aborted).toBe(false);
  });

  it('goes on while somebody reads it on another process', async () => {
    reply.append('A word');
    clock.advance(25);
    await store.markWatched(reply.replyId, clock.now());
    clock.advance(20);
    await check();
    expect(reply.signal.aborted).toBe(false);
    clock.advance(20);
    await check();
    expect(reply.signal.aborted).toBe(true);
  });

  it('has its lease renewed when nothing else was written for three seconds', async () => {
    reply.subscribe(listener);
    clock.advance(4);
    await check();
    const renewed = new Date(clock.now().getTime() + LEASE_MS);
    await vi.waitFor(() => expect(storedReply()?.leaseUntil).toEqual(renewed));
    expect(reply.current().status).toBe('streaming');
  });

  it('changes nothing when the store does not answer', async () => {
    reply.append('A word');
    clock.advance(40);
    store.failure = new Error('Away');
    await expect(check()).rejects.toThrow('Away');
    expect(reply.signal.aborted).toBe(false);
  });
});
