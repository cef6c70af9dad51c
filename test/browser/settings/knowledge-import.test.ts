import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { createFakeKnowledge, type FakeKnowledge } from '../../support/fake-knowledge.ts';
import { eventually, type OpenSettings, openSettings, type SettingsOptions } from './open-settings.ts';

let browser: Browser;
let settings: OpenSettings;
let knowledge: FakeKnowledge;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(() => {
  knowledge = createFakeKnowledge();
  knowledge.write('returns', { title: 'Returns', body: 'Within 60 days.' });
});
afterEach(async () => {
  expect(settings.problems).toEqual([]);
  await settings.close();
});

async function open(options: SettingsOptions = {}) {
  settings = await openSettings(browser, { route: 'knowledge', prepare: (api) => knowledge.serve(api), ...options });
  await settings.view.getByText(/of 2,000 articles|knows nothing yet/).waitFor();
  return settings.view;
}

const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
const choose = (view: Frame, files: ReturnType<typeof file>[]) => view.locator('input[type=file]').setInputFiles(files);
const rows = (view: Frame) => view.getByRole('list', { name: 'Files' }).getByRole('listitem');

/** Drops files as the browser does when they come from a folder. */
const drop = (view: Frame, files: readonly { name: string; text: string }[]) =>
  view.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of given) dataTransfer.items.add(new File([text], name));
    for (const type of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, files);

test('imports many chosen files at once, and says of each refused one why', async () => {
  const view = await open();
  const many = Array.from({ length: 20 }, (_, number) => file(`part-${number}.md`, `# Part ${number}\n\ntext`));
  await choose(view, [
    ...many,
    file('photo.png', 'x'),
    file('empty.txt', ''),
    file('large.md', 'x'.repeat(110_000)),
    { ...file('binary.txt', ''), buffer: Buffer.from([0xff, 0xfe, 0x00]) },
  ]);
  await view.getByText('20 imported, 4 refused').waitFor();
  const said = (await rows(view).allInnerTexts()).join('\n');
  expect(said).toMatch(/photo\.png\s+Only \.md, \.txt and \.html files can be imported\./);
  expect(said).toMatch(/empty\.txt\s+The file is empty\./);
  expect(said).toMatch(/large\.md\s+The file is too large: 108 KB, of at most 100 KB\./);
  expect(said).toMatch(/binary\.txt\s+The file is not text in UTF-8\./);
  expect(knowledge.articles.get('part-7')).toMatchObject({ title: 'Part 7', body: 'text' });
  await view.getByText('21 of 2,000 articles').waitFor();
});

test('takes dropped files, and asks about each whose name is taken', async () => {
  const view = await open();
  await drop(view, [
    { name: 'Returns.md', text: 'Within 30 days.' },
    { name: 'returns.txt', text: 'Within 90 days.' },
    { name: 'sizes.txt', text: 'S, M, L' },
  ]);
  await view.getByText('1 imported, 2 to decide').waitFor();
  await view.getByRole('button', { name: 'Keep both, returns.txt' }).click();
  await eventually(() => knowledge.articles.get('returns-2')?.body).toBe('Within 90 days.');
  expect(knowledge.articles.get('returns')?.body).toBe('Within 60 days.');
  await view.getByRole('button', { name: 'Replace with Returns.md' }).click();
  await eventually(() => knowledge.articles.get('returns')?.body).toBe('Within 30 days.');
  await view.getByText('3 imported', { exact: true }).waitFor();
});

test('says that the knowledge is full, and tries a file again', async () => {
  knowledge.mostArticles = 1;
  settings = await openSettings(browser, { route: 'knowledge', prepare: (api) => knowledge.serve(api) });
  const { view } = settings;
  await view.getByText('1 of 1 articles').waitFor();
  await choose(view, [file('sizes.md', 'S')]);
  await view.getByText('Refused with KNOWLEDGE_FULL').waitFor();
  knowledge.mostArticles = 2;
  await view.getByRole('button', { name: 'Try sizes.md again' }).click();
  await view.getByText('1 imported', { exact: true }).waitFor();
});

test('reads a page as Markdown under the real policy, and nothing of it runs', async () => {
  const view = await open();
  await drop(view, [
    {
      name: 'page.html',
      text:
        '<title>T</title><h1>Sizes <img src=x onerror="top.hacked=1"></h1><script>window.hacked=1</script>' +
        '<p>Fits <b>small</b>, see <a href="javascript:window.hacked=1">here</a> or ' +
        '<a href="https://shop.example/sizes">there</a>.</p><style>body{display:none}</style>',
    },
  ]);
  await view.getByText('1 imported', { exact: true }).waitFor();
  expect(knowledge.articles.get('page')).toMatchObject({
    title: 'Sizes',
    body: 'Fits **small**, see here or [there](https://shop.example/sizes).',
  });
  expect(await view.evaluate('window.hacked')).toBeUndefined();
});

test('refuses dropped files of a viewer, who may not write', async () => {
  const view = await open({ role: 'viewer' });
  await drop(view, [{ name: 'sizes.md', text: 'S' }]);
  await view.getByText('Your role is viewer.').last().waitFor();
  expect(knowledge.articles.size).toBe(1);
});

test('exports every article as a zip that can be imported again', async () => {
  knowledge.write('hours', { title: 'Öffnungszeiten', body: 'Ab 9 Uhr.', url: 'https://shop.example/hours' });
  const view = await open();
  const download = settings.page.waitForEvent('download');
  await view.getByRole('button', { name: 'Export all articles as a zip' }).click();
  const zip = await download;
  expect(zip.suggestedFilename()).toMatch(/^knowledge-\d{4}-\d\d-\d\d\.zip$/);
  const files = unzipSync(new Uint8Array(await readFile(await zip.path())));
  expect(Object.keys(files).sort()).toEqual(['hours.md', 'returns.md']);

  const before = [...knowledge.articles.values()].map(({ title, body, url }) => ({ title, body, url }));
  knowledge.articles.clear();
  const exported = Object.entries(files).map(([name, bytes]) => file(name, Buffer.from(bytes).toString()));
  await settings.page.reload();
  await eventually(() => settings.view.locator('input[type=file]').count()).toBe(1);
  await choose(settings.view, exported);
  await settings.view.getByText('2 imported', { exact: true }).waitFor();
  const after = [...knowledge.articles.values()].map(({ title, body, url }) => ({ title, body, url }));
  expect(after).toEqual(expect.arrayContaining(before));
});

test('shows an article of hostile text as words: in the list, in the preview, and where it is typed', async () => {
  const hostile = '<img src=x onerror="window.hacked=1"> \u202egpj.exe</textarea><script>window.hacked=1</script>';
  knowledge.write('hostile', { title: hostile, body: `${hostile}\n\n[go](javascript:window.hacked=1) <b>b</b>` });
  const view = await open();
  const title = await view.locator('.article-title').filter({ hasText: 'onerror' }).innerText();
  expect(title).toContain('<img src=x');
  expect(title).not.toContain('\u202e');
  await view.locator('.article-open').filter({ hasText: 'onerror' }).click();
  const preview = view.locator('.article-preview .article-text');
  await preview.waitFor();
  expect(await preview.innerText()).toContain('<b>b</b>');
  expect(await preview.locator('img, script, b, a').count()).toBe(0);
  expect(await view.getByLabel('Text', { exact: true }).inputValue()).toContain('</textarea><script>');
  expect(await view.evaluate('window.hacked')).toBeUndefined();
});
