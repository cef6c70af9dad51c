import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ARTICLE_MAX_BYTES,
  askedKnowledgeSchema,
  KNOWLEDGE_MAX_BYTES,
  knowledgeListSchema,
  MOST_ARTICLES,
  savedArticleSchema,
} from '../../../shared/knowledge-api.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import type { Admin } from '../../support/admin-token.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let casement: Casement;
let owner: Admin;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(async () => {
  owner = { company: randomUUID() };
  await ask({ method: 'POST', path: '/settings', body: { expectedVersion: 0, settings: DEFAULT_SETTINGS } });
});

const ask = (request: AdminRequest, admin: Admin = owner) => askAdmin(casement, admin, request);
const HOURS = { title: 'Opening hours', body: 'We open at nine.', expectedVersion: 0 };

const put = (slug: string, body: object = HOURS, admin = owner) =>
  ask({ method: 'PUT', path: `/knowledge/${slug}`, body }, admin);
const read = async (slug: string) => v.parse(savedArticleSchema, (await ask({ path: `/knowledge/${slug}` })).json);
const list = async (query = '') => v.parse(knowledgeListSchema, (await ask({ path: `/knowledge${query}` })).json);
const find = async (question: string) =>
  v.parse(askedKnowledgeSchema, (await ask({ method: 'POST', path: '/knowledge/ask', body: { question } })).json);
const acts = async () => {
  const { json } = await ask({ path: '/audit-log' });
  return json.entries.map((entry: { act: string; details: { slug?: string } }) => [entry.act, entry.details.slug]);
};

describe('an article', () => {
  test('is saved, read, changed and deleted, and every act is in the audit log', async () => {
    const made = await put('opening-hours', { ...HOURS, url: 'https://shop.example/hours' });
    expect(made.status).toBe(201);
    const { version } = v.parse(savedArticleSchema, made.json);
    expect(await read('opening-hours')).toEqual(made.json);
    expect(made.json).toMatchObject({ savedBy: { subject: 'ada', role: 'owner' }, url: 'https://shop.example/hours' });
    const changed = await put('opening-hours', { ...HOURS, body: 'We open at ten.', expectedVersion: version });
    expect([changed.status, changed.json.body, changed.json.url]).toEqual([200, 'We open at ten.', undefined]);
    expect(changed.json.version).toBeGreaterThan(version);
    const path = `/knowledge/opening-hours?expectedVersion=${changed.json.version}`;
    expect((await ask({ method: 'DELETE', path })).status).toBe(204);
    expect((await ask({ path: '/knowledge/opening-hours' })).json.error.code).toBe('ARTICLE_NOT_FOUND');
    expect((await acts()).slice(0, 3)).toEqual([
      ['article-deleted', 'opening-hours'],
      ['article-saved', 'opening-hours'],
      ['article-saved', 'opening-hours'],
    ]);
  });

  test('that somebody else has changed is not written over; the refusal has it', async () => {
    const { version } = (await put('hours')).json;
    await put('hours', { ...HOURS, body: 'By Grace.', expectedVersion: version }, { ...owner, subject: 'grace' });
    const late = await put('hours', { ...HOURS, body: 'By Ada.', expectedVersion: version });
    expect([late.status, late.json.error.code]).toEqual([409, 'ARTICLE_CONFLICT']);
    expect(late.json.error.message).toContain('saved by "grace"');
    expect(late.json.conflict).toMatchObject({ expectedVersion: version, current: { body: 'By Grace.' } });
    const deletion = await ask({ method: 'DELETE', path: `/knowledge/hours?expectedVersion=${version}` });
    expect(deletion.json.error.code).toBe('ARTICLE_CONFLICT');
    expect((await read('hours')).body).toBe('By Grace.');
  });

  test('of two who save at once is that of one', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((subject) => put('hours', { ...HOURS, body: subject }, { ...owner, subject })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    const winner = answers.find(({ status }) => status === 201);
    expect((await read('hours')).body).toBe(winner?.json.body);
  });

  test('that is sent again because the answer was lost gets the same answer, and is one act', async () => {
    const [first, again] = [await put('hours'), await put('hours')];
    expect(again.json).toEqual(first.json);
    expect((await acts()).filter(([act]: string[]) => act === 'article-saved')).toHaveLength(1);
  });

  test('that was deleted and written anew is not taken for the old one', async () => {
    const { version } = (await put('hours')).json;
    await ask({ method: 'DELETE', path: `/knowledge/hours?expectedVersion=${version}` });
    await put('hours', { ...HOURS, body: 'Another.' });
    expect((await put('hours', { ...HOURS, body: 'Old.', expectedVersion: version })).status).toBe(409);
  });
});

test('the list is by slug, in pages, with the room that is used and left', async () => {
  for (const slug of ['b', 'a', 'c']) await put(slug, { ...HOURS, body: 'ü'.repeat(5) });
  const first = await list('?limit=2');
  expect([first.articles.map(({ slug }) => slug), first.next]).toEqual([['a', 'b'], 'b']);
  expect(first.articles[0]).toMatchObject({ title: 'Opening hours', bytes: 10 });
  expect(first.total).toMatchObject({ articles: 3, bytes: 30, mostArticles: MOST_ARTICLES });
  const second = await list('?limit=2&after=b');
  expect([second.articles.map(({ slug }) => slug), second.next]).toEqual([['c'], null]);
});

describe('the passages for a question', () => {
  test('come in the order the assistant would be given them, with scores, as soon as an article is saved', async () => {
    expect((await find('When do you open?')).passages).toEqual([]);
    const body = '# Hours\n\n## Weekdays\n\nWe open at nine on weekdays.\n\n## Sunday\n\nOn Sunday we are closed.';
    const { version } = (await put('hours', { ...HOURS, body, url: 'https://shop.example/hours' })).json;
    const { passages } = await find('When do you open on weekdays?');
    expect(passages[0]).toMatchObject({
      slug: 'hours',
      title: 'Opening hours',
      text: 'We open at nine on weekdays.',
      url: 'https://shop.example/hours',
    });
    const scores = passages.map(({ score }) => score);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    await put('hours', { ...HOURS, body: 'We never open.', expectedVersion: version });
    expect((await find('Do you open?')).passages.map(({ text }) => text)).toEqual(['We never open.']);
    const current = (await read('hours')).version;
    await ask({ method: 'DELETE', path: `/knowledge/hours?expectedVersion=${current}` });
    expect((await find('Do you open?')).passages).toEqual([]);
  });
});

describe('nothing is written', () => {
  test.each([
    ['a title of nothing', { title: ' ' }, 'title'],
    ['a title of two lines', { title: 'a\nb' }, 'title'],
    ['a body of nothing', { body: ' \n' }, 'body'],
    ['a body that is too long', { body: 'ü'.repeat(ARTICLE_MAX_BYTES / 2 + 1) }, 'body'],
    ['half a character', { body: 'a\ud800' }, 'body'],
    ['an address that is none', { url: 'shop.example' }, 'url'],
    ['an address that runs code', { url: 'javascript:alert(1)' }, 'url'],
    ['an address with a password', { url: 'https://me:secret@shop.example' }, 'url'],
    ['a version that is none', { expectedVersion: -1 }, 'expectedVersion'],
    ['an operator', { title: { $gt: '' } }, 'title'],
    ['an unknown field', { author: 'me' }, 'author'],
  ])('for %s', async (_, wrong, field) => {
    const { status, json } = await put('hours', { ...HOURS, ...wrong });
    expect([status, json.error.code, json.error.field]).toEqual([400, 'INVALID_REQUEST', field]);
    expect((await list()).articles).toEqual([]);
  });

  test.each(['UPPER', 'a_b', '-a', 'a-', 'a'.repeat(101), '%24ne', 'a%2fb'])('under the name "%.20s"', async (slug) => {
    const { json } = await put(slug);
    expect([json.error.code, json.error.field]).toEqual(['INVALID_REQUEST', 'slug']);
  });

  test('over the number of articles, or of bytes', async () => {
    const { json } = await put('first');
    expect(json.version).toBeGreaterThan(0);
    const widget = await casement.store.collection('widget_settings').findOne({ companyId: owner.company });
    const articles = casement.store.collection('widget_knowledge');
    const stored = await articles.findOne({ widgetId: widget?._id });
    const more = Array.from({ length: MOST_ARTICLES - 1 }, (_, index) => ({
      ...stored,
      _id: undefined,
      slug: `s${index}`,
    }));
    await articles.insertMany(more.map(({ _id, ...article }) => article));
    const full = await put('one-more');
    expect([full.status, full.json.error.code]).toEqual([409, 'KNOWLEDGE_FULL']);
    expect(full.json.error.message).toContain(`"${MOST_ARTICLES}"`);
    await articles.updateOne({ widgetId: widget?._id, slug: 's0' }, { $set: { bytes: KNOWLEDGE_MAX_BYTES } });
    expect((await put('first', { ...HOURS, expectedVersion: json.version, title: 'New' })).json.error.code).toBe(
      'KNOWLEDGE_FULL',
    );
  });

  test('for a widget that does not exist, or of another company', async () => {
    await put('hours');
    const stranger = { company: randomUUID() };
    expect((await put('hours', HOURS, stranger)).json.error.code).toBe('WIDGET_NOT_FOUND');
    expect((await ask({ path: '/knowledge/hours' }, stranger)).json.error.code).toBe('WIDGET_NOT_FOUND');
  });
});

test.each([
  ['owner', 201, 200],
  ['admin', 201, 200],
  ['editor', 201, 200],
  ['viewer', 403, 200],
  ['service', 403, 403],
] as const)('a caller with the role %s is answered %i to a save and %i to a read', async (role, saved, seen) => {
  const admin = { ...owner, role };
  expect((await put('hours', HOURS, admin)).status).toBe(saved);
  expect((await ask({ path: '/knowledge' }, admin)).status).toBe(seen);
  const question = { method: 'POST', path: '/knowledge/ask', body: { question: 'When?' } } as const;
  expect((await ask(question, admin)).status).toBe(seen);
});
