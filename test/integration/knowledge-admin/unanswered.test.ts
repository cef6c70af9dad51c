import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { addUnanswered } from '../../../server/store/unanswered.ts';
import { LONGEST_UNANSWERED, MOST_UNANSWERED, unansweredSchema } from '../../../shared/unanswered-api.ts';
import { askAdmin } from '../../support/admin-api.ts';
import type { Admin } from '../../support/admin-token.ts';
import { type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import { openPreviewVisitor, putDraft } from '../../support/preview-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
let casement: Casement;
let widget: Widget;
let publicKey: string;
let owner: Admin;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(async () => {
  const created = await casement.createWidget({ allowlist: [SHOP, 'https://other.example'] });
  ({ widget } = created);
  publicKey = created.publicKey;
  owner = { company: widget.companyId };
});

async function say(
  text: string,
  { site = SHOP, visitor }: { site?: string; visitor?: Pick<FrameVisitor, 'ask'> } = {},
) {
  const by = visitor ?? (await openVisitor(casement, { publicKey, origin: site }));
  const body = { messageId: randomUUID(), text };
  const answer = await by.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body);
}

async function list(query = '', admin = owner) {
  const answer = await askAdmin(casement, admin, { path: `/knowledge/unanswered${query}` });
  return v.parse(unansweredSchema, answer.json).questions;
}

/** A question is noted after it is answered, so the list may be a moment behind. */
const eventuallyListed = () => expect.poll(async () => (await list()).map(({ question, count }) => [question, count]));

describe('a question for which no article was found', () => {
  test('is kept with its site, and counted however it is written', async () => {
    await say('Do you sell   xylophones?');
    await eventuallyListed().toEqual([['Do you sell xylophones?', 1]]);
    await say('do you sell xylophones!', { site: 'https://other.example' });
    await eventuallyListed().toEqual([['do you sell xylophones!', 2]]);
    expect(await list()).toMatchObject([{ origin: 'https://other.example' }]);
  });

  test('stands above those that were asked before', async () => {
    for (const question of ['First xylophone?', 'Second trombone?']) {
      await say(question);
      await expect.poll(async () => (await list())[0]?.question).toBe(question);
    }
    expect((await list('?limit=1')).map(({ question }) => question)).toEqual(['Second trombone?']);
  });

  test('is not kept if it is none, or if an article answers it', async () => {
    const body = { title: 'Xylophones', body: 'We sell xylophones in March.', expectedVersion: 0 };
    await askAdmin(casement, owner, { method: 'PUT', path: '/knowledge/xylophones', body });
    await say('Hello');
    await say('When do you sell xylophones?');
    await say('Do you sell trombones?');
    await eventuallyListed().toEqual([['Do you sell trombones?', 1]]);
  });

  test('is not kept of a preview', async () => {
    await putDraft(casement, owner, widget.settings);
    await say('Do you sell xylophones?', { visitor: await openPreviewVisitor(casement, owner) });
    await say('Do you sell trombones?');
    await eventuallyListed().toEqual([['Do you sell trombones?', 1]]);
    expect(await casement.store.collection('widget_unanswered').countDocuments({ widgetId: /^preview-/ })).toBe(0);
  });

  test('is cut off where it is very long, between two characters', async () => {
    await say(`Xylophones ${'😀'.repeat(LONGEST_UNANSWERED)}`);
    await expect.poll(async () => [...((await list())[0]?.question ?? '')].length).toBe(LONGEST_UNANSWERED);
  });

  test('is forgotten when an admin says so, and only by an admin of its widget', async () => {
    await say('Do you sell xylophones?');
    await eventuallyListed().toHaveLength(1);
    const [question] = await list();
    const path = `/knowledge/unanswered/${question?.id}`;
    const { publicKey: other, widget: stranger } = await casement.createWidget({ allowlist: [] });
    expect(other).not.toBe(publicKey);
    expect((await askAdmin(casement, { company: stranger.companyId }, { method: 'DELETE', path })).status).toBe(204);
    expect(await list()).toHaveLength(1);
    expect((await askAdmin(casement, owner, { method: 'DELETE', path })).status).toBe(204);
    expect(await list()).toEqual([]);
  });
});

test(`the ${MOST_UNANSWERED} latest are kept, and no more`, async () => {
  const start = Date.now();
  for (let index = 0; index < MOST_UNANSWERED + 5; index++) {
    const asked = { widgetId: widget.id, question: `Question ${index}`, origin: SHOP };
    await addUnanswered({ id: randomUUID(), ...asked, lastAskedAt: new Date(start + index) });
  }
  const questions = await list(`?limit=${MOST_UNANSWERED}`);
  expect([questions.length, questions[0]?.question, questions.at(-1)?.question]).toEqual([
    MOST_UNANSWERED,
    `Question ${MOST_UNANSWERED + 4}`,
    'Question 5',
  ]);
  expect(await casement.store.collection('widget_unanswered').countDocuments({ widgetId: widget.id })).toBe(
    MOST_UNANSWERED,
  );
});

test.each([
  ['owner', 200, 204],
  ['admin', 200, 204],
  ['editor', 200, 204],
  ['viewer', 200, 403],
  ['service', 403, 403],
] as const)('a caller with the role %s is answered %i to a read and %i to a deletion', async (role, seen, deleted) => {
  const admin = { ...owner, role };
  expect((await askAdmin(casement, admin, { path: '/knowledge/unanswered' })).status).toBe(seen);
  const path = `/knowledge/unanswered/${randomUUID()}`;
  expect((await askAdmin(casement, admin, { method: 'DELETE', path })).status).toBe(deleted);
});

test('an article cannot be called as the list is', async () => {
  const body = { title: 'Hours', body: 'Nine to five.', expectedVersion: 0 };
  const { json } = await askAdmin(casement, owner, { method: 'PUT', path: '/knowledge/unanswered', body });
  expect([json.error.code, json.error.field]).toEqual(['INVALID_REQUEST', 'slug']);
});

test('the replies that cite an article are counted as such', async () => {
  const body = { title: 'Xylophones', body: 'We sell xylophones in March.', expectedVersion: 0 };
  await askAdmin(casement, owner, { method: 'PUT', path: '/knowledge/xylophones', body });
  await say('When do you sell xylophones?');
  await say('Do you sell trombones?');
  const read = async () => (await askAdmin(casement, owner, { path: '/analytics' })).json.totals;
  await expect.poll(async () => (await read()).replies).toBe(2);
  expect((await read()).sourced).toBe(1);
});
