import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRetention, type Retention } from '../../../server/domain/retention.ts';
import type { Widget } from '../../../server/domain/widget.ts';
import { deleteSilent } from '../../../server/store/silent-conversations.ts';
import { dropUnansweredBefore } from '../../../server/store/unanswered.ts';
import { findRetentions } from '../../../server/store/widget-settings.ts';
import type { Settings } from '../../../shared/settings.ts';
import { type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { openPreviewVisitor, putDraft } from '../../support/preview-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { SHOP } from './chat-setup.ts';

const DAY_SECONDS = 24 * 60 * 60;
let clock: ReturnType<typeof createMovingClock>;
let casement: Casement;
let retention: Retention;

beforeAll(async () => {
  clock = createMovingClock();
  casement = await startCasement({ clock });
  const log = { info() {}, warn: (fields: object) => expect.fail(JSON.stringify(fields)) };
  retention = createRetention({ store: { deleteSilent, findRetentions, dropUnansweredBefore }, clock, log });
});
afterAll(async () => {
  await retention.stop();
  await casement.stop();
});

async function openChat(kept: Settings['retention']) {
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP], settings: { retention: kept } });
  return { widget, visitor: await openVisitor(casement, { publicKey, origin: SHOP }) };
}

async function say(visitor: Pick<FrameVisitor, 'ask'>, conversationId?: string): Promise<string> {
  const answer = await visitor.ask({
    method: 'POST',
    path: '/chat',
    headers: { accept: 'application/json' },
    body: { messageId: randomUUID(), text: 'Hello', ...(conversationId && { conversationId }) },
  });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body).conversationId;
}

/** How many conversations and messages the widget has. */
async function countKept({ id: widgetId }: Pick<Widget, 'id'>): Promise<readonly [number, number]> {
  const count = (name: string) => casement.store.collection(name).countDocuments({ widgetId });
  return [await count('widget_conversations'), await count('widget_messages')];
}

let days: Awaited<ReturnType<typeof openChat>>;
beforeEach(async () => {
  days = await openChat({ kind: 'days', days: 3 });
});

// First, while the clock of the test agrees with the one that admins' tokens go by.
test('what was said in previews is gone after a day, whatever the settings say', async () => {
  const { widget } = await openChat({ kind: 'forever' });
  await putDraft(casement, { company: widget.companyId }, widget.settings);
  await say(await openPreviewVisitor(casement, { company: widget.companyId }));
  const place = { id: `preview-${widget.id}` };
  await retention.sweep();
  expect(await countKept(place)).toEqual([1, 1]);
  clock.advance(DAY_SECONDS + 1);
  await retention.sweep();
  expect(await countKept(place)).toEqual([0, 0]);
});

test('a conversation is deleted with its messages when nobody has written for as many days as the settings say', async () => {
  const forever = await openChat({ kind: 'forever' });
  await say(forever.visitor);
  await say(days.visitor, await say(days.visitor));
  clock.advance(2 * DAY_SECONDS);
  await retention.sweep();
  expect(await countKept(days.widget)).toEqual([1, 2]);
  clock.advance(DAY_SECONDS + 1);
  await retention.sweep();
  expect(await countKept(days.widget)).toEqual([0, 0]);
  expect(await countKept(forever.widget)).toEqual([1, 1]);
});

test('a message begins the days anew for the whole conversation', async () => {
  const id = await say(days.visitor);
  clock.advance(2 * DAY_SECONDS);
  const again = await openVisitor(
    casement,
    {
      publicKey: days.widget.keys[0]?.publicKey ?? '',
      origin: SHOP,
    },
    days.visitor.cookie,
  );
  await say(again, id);
  clock.advance(2 * DAY_SECONDS);
  await retention.sweep();
  expect(await countKept(days.widget)).toEqual([1, 2]);
});

test('a conversation that a crash has left behind its messages is as young as they are', async () => {
  const id = await say(days.visitor);
  const before = new Date(clock.now().getTime() - 30 * DAY_SECONDS * 1000);
  const conversations = casement.store.collection<{ _id: string }>('widget_conversations');
  await conversations.updateOne({ _id: id }, { $set: { updatedAt: before } });
  await retention.sweep();
  expect(await countKept(days.widget)).toEqual([1, 1]);
  expect(await conversations.findOne({ _id: id })).toMatchObject({ updatedAt: clock.now() });
});

test('much is deleted as well', async () => {
  const id = await say(days.visitor);
  for (const name of ['widget_conversations', 'widget_messages']) {
    const collection = casement.store.collection<{ _id: string }>(name);
    const one = await collection.findOne(name === 'widget_messages' ? { conversationId: id } : { _id: id });
    const copies = Array.from({ length: 250 }, (_, index) => ({
      ...one,
      _id: `${index}`,
      ...(name === 'widget_messages' && { conversationId: `${index}` }),
    }));
    await collection.insertMany(copies);
  }
  clock.advance(4 * DAY_SECONDS);
  await retention.sweep();
  expect(await countKept(days.widget)).toEqual([0, 0]);
});
