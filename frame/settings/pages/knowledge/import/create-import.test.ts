import { expect, test, vi } from 'vitest';
import type { SaveArticleRequest, SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { AdminApiError } from '../../../api/admin-api-error.ts';
import { createImport } from './create-import.ts';
import type { FileToRead } from './read-file.ts';

const file = (name: string, text: string | Uint8Array<ArrayBuffer>): FileToRead => new File([text], name);

function start(known: Readonly<Record<string, number>> = {}) {
  const saved: { slug: string; body: SaveArticleRequest }[] = [];
  const refusals: AdminApiError[] = [];
  const sleep = vi.fn(async () => {});
  const run = createImport({
    versions: () => new Map(Object.entries(known)),
    async save(slug, body) {
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      saved.push({ slug, body });
      const savedBy = { subject: 'ada', role: 'owner' } as const;
      return { slug, ...body, version: 7, savedAt: '2026-03-12T14:02:00.000Z', savedBy } satisfies SavedArticle &
        object;
    },
    toMarkdown: async (html) => ({ title: 'Page', body: html.replace(/<[^>]*>/g, '') }),
    sleep,
    onDone: () => {},
  });
  const settle = () => vi.waitFor(() => expect(run.isRunning.value).toBe(false));
  const states = () => run.files.value.map(({ state }) => state);
  return { run, saved, refusals, sleep, settle, states };
}

test('imports each kind of file under the name of the file', async () => {
  const { run, saved, settle } = start();
  run.add([
    file('Opening hours.md', '\ufeff# When we are open\n\nFrom 9.\r\n'),
    file('sizes.txt', 'S, M, L'),
    file('returns.HTML', '<p>60 days</p>'),
    file('ours.md', '---\ntitle: "Ours"\nurl: "https://shop.example/ours"\n---\n\n# Stays\n\ntext'),
  ]);
  await settle();
  expect(saved).toEqual([
    { slug: 'opening-hours', body: { title: 'When we are open', body: 'From 9.\n', expectedVersion: 0 } },
    { slug: 'sizes', body: { title: 'Sizes', body: 'S, M, L', expectedVersion: 0 } },
    { slug: 'returns', body: { title: 'Page', body: '60 days', expectedVersion: 0 } },
    {
      slug: 'ours',
      body: { title: 'Ours', body: '# Stays\n\ntext', url: 'https://shop.example/ours', expectedVersion: 0 },
    },
  ]);
});

test.each([
  ['photo.png', 'x', 'Only .md, .txt and .html files'],
  ['Makefile', 'x', 'Only .md, .txt and .html files'],
  ['large.md', 'x'.repeat(102_401), 'too large: 101 KB, of at most 100 KB'],
  ['empty.md', '', 'is empty'],
  ['blank.txt', ' \n\t', 'is empty'],
  ['blank.html', '<p></p>', 'no text on the page'],
  ['binary.txt', new Uint8Array([0x50, 0xff, 0xfe]), 'not text in UTF-8'],
  ['zero.md', 'a\0b', 'not text in UTF-8'],
])('refuses %s with the reason, and goes on', async (name, content, reason) => {
  const { run, saved, settle, states } = start();
  run.add([file(name, content), file('next.md', 'text')]);
  await settle();
  expect(states()[0]).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
  expect(saved.map(({ slug }) => slug)).toEqual(['next']);
});

test('asks before it writes over an article, and does what the admin chooses', async () => {
  const { run, saved, settle, states } = start({ hours: 3, sizes: 4, returns: 5 });
  run.add([file('hours.md', 'new'), file('sizes.md', 'new'), file('returns.md', 'new')]);
  await settle();
  expect(states().map(({ kind }) => kind)).toEqual(['taken', 'taken', 'taken']);
  expect(saved).toEqual([]);
  run.decide('replace', 1);
  await settle();
  run.decide('skip', 2);
  run.decide('keep-both');
  await settle();
  expect(saved.map(({ slug, body }) => [slug, body.expectedVersion])).toEqual([
    ['hours', 3],
    ['returns-2', 0],
  ]);
  expect(states().map(({ kind }) => kind)).toEqual(['imported', 'skipped', 'imported']);
});

test('asks as well when two files would get the same name', async () => {
  const { run, settle, states } = start();
  run.add([file('hours.md', 'a'), file('Hours.txt', 'b')]);
  await settle();
  expect(states().map(({ kind }) => kind)).toEqual(['imported', 'taken']);
});

test('asks when somebody else took the name meanwhile, and then replaces what they wrote', async () => {
  const { run, saved, refusals, settle, states } = start();
  refusals.push(new AdminApiError('ARTICLE_CONFLICT', { articleConflict: { expectedVersion: 0, currentVersion: 9 } }));
  run.add([file('hours.md', 'a')]);
  await settle();
  expect(states()).toMatchObject([{ kind: 'taken' }]);
  run.decide('replace');
  await settle();
  expect(saved).toMatchObject([{ slug: 'hours', body: { expectedVersion: 9 } }]);
});

test('waits as long as the server asks', async () => {
  const { run, saved, refusals, sleep, settle } = start();
  refusals.push(new AdminApiError('RATE_LIMITED', { retryAfterSeconds: 12 }));
  run.add([file('hours.md', 'a')]);
  await settle();
  expect(sleep).toHaveBeenCalledWith(12);
  expect(saved).toHaveLength(1);
});

test('says that the knowledge is full, and can try again', async () => {
  const { run, saved, refusals, settle, states } = start();
  refusals.push(new AdminApiError('KNOWLEDGE_FULL', { message: 'The widget has "500" articles, as many as it may' }));
  run.add([file('hours.md', 'a')]);
  await settle();
  expect(states()).toMatchObject([{ kind: 'refused', canRetry: true, reason: expect.stringContaining('"500"') }]);
  run.retry(1);
  await settle();
  expect(saved).toHaveLength(1);
});
