import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { createFakeKnowledge, type FakeKnowledge } from '../../support/fake-knowledge.ts';
import { ago } from './answers.ts';
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
  knowledge.write('opening-hours', { title: 'Opening hours', body: 'We open at **9**.' });
  knowledge.write('returns', { title: 'Returns', body: 'Within 60 days.', url: 'https://shop.example/returns' });
});
afterEach(async () => {
  expect(settings.problems).toEqual([]);
  await settings.close();
});

async function open(options: SettingsOptions = {}) {
  settings = await openSettings(browser, { route: 'knowledge', prepare: (api) => knowledge.serve(api), ...options });
  return settings.view;
}

const unsavedCount = async () => (await settings.said('unsaved')).at(-1)?.count;

test('lists articles by title, finds them by title and name, and says how much room is used', async () => {
  const view = await open();
  await view.getByText('2 of 2,000 articles').waitFor();
  expect(await view.locator('.article-title').allInnerTexts()).toEqual(['Opening hours', 'Returns']);
  const search = view.getByLabel('Search titles and names');
  await search.fill('hours open');
  await eventually(() => view.locator('.article-title').allInnerTexts()).toEqual(['Opening hours']);
  await search.fill('prices');
  await view.getByText('No article is called “prices”').waitFor();
});

test('draws only the rows that can be seen, however many articles there are', async () => {
  for (let number = 0; number < 2_000; number++) {
    knowledge.write(`article-${number}`, { title: `Article ${number}`, body: 'text' });
  }
  knowledge.mostArticles = 2_002;
  const view = await open();
  await view.getByText('2,002 of 2,002 articles').waitFor();
  expect(await view.locator('.article-row').count()).toBeLessThan(100);
  await eventually(async () => {
    // Again and again, as the dashboard learns of the list's height a moment later.
    await settings.page.evaluate('scrollTo(0, document.body.scrollHeight)');
    return view.getByText('Returns', { exact: true }).count();
  }).toBe(1);
  expect(await view.locator('.article-row').count()).toBeLessThan(100);
  await view.getByLabel('Search titles and names').fill('1999');
  await eventually(() => view.locator('.article-title').allInnerTexts()).toEqual(['Article 1999']);
});

test('writes a new article, named after its title, with a preview as the chat draws it', async () => {
  const view = await open();
  await view.getByRole('button', { name: 'New article' }).click();
  await view.getByLabel('Title').fill('Gift cards & Gutscheine');
  expect(await view.getByLabel('Name').inputValue()).toBe('gift-cards-gutscheine');
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('The article is not saved yet').waitFor();
  await view.getByLabel('Text', { exact: true }).fill('They are valid for **three years**.\n\n- in the shop\n- online');
  await eventually(() => view.locator('.article-preview strong').innerText()).toBe('three years');
  expect(await view.locator('.article-preview li').allInnerTexts()).toEqual(['in the shop', 'online']);
  await eventually(unsavedCount).toBe(1);
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('Saved. The assistant knows it').waitFor();
  await eventually(unsavedCount).toBe(0);
  await eventually(async () => (await settings.said('route')).at(-1)?.route).toBe('knowledge/gift-cards-gutscheine');
  expect(knowledge.articles.get('gift-cards-gutscheine')).toMatchObject({ title: 'Gift cards & Gutscheine' });
});

test('asks before an article is left that is not saved', async () => {
  const view = await open({ route: 'knowledge/returns' });
  await view.getByLabel('Text', { exact: true }).fill('Within 30 days.');
  await view.getByRole('button', { name: 'All articles' }).click();
  const dialog = view.getByRole('dialog');
  await dialog.getByText('What you wrote in the article is not saved yet').waitFor();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  expect(await view.getByLabel('Text', { exact: true }).inputValue()).toBe('Within 30 days.');
});

test('keeps what was typed when a save fails, and says why', async () => {
  const view = await open({ route: 'knowledge/returns' });
  await view.getByLabel('Text', { exact: true }).fill('Within 30 days.');
  settings.api.refuse('PUT /knowledge/returns', 'STORE_UNAVAILABLE');
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('Refused with STORE_UNAVAILABLE').waitFor();
  await view.getByRole('button', { name: 'Save article' }).click();
  await eventually(() => knowledge.articles.get('returns')?.body).toBe('Within 30 days.');
});

test.each([
  ['Keep mine', 'Within 30 days.'],
  ['Take theirs', 'Within 90 days.'],
])('on a conflict shows both sides and lets the admin choose: %s', async (choice, body) => {
  const view = await open({ route: 'knowledge/returns' });
  const text = view.getByLabel('Text', { exact: true });
  await text.fill('Within 30 days.');
  knowledge.write('returns', { title: 'Returns', body: 'Within 90 days.' });
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('Somebody else saved this article').waitFor();
  expect(await text.inputValue()).toBe('Within 30 days.');
  await eventually(() => view.locator('.conflict-texts del').allInnerTexts()).toEqual(['90']);
  await view.getByRole('button', { name: choice }).click();
  expect(await text.inputValue()).toBe(body);
  if (choice === 'Keep mine') await view.getByRole('button', { name: 'Save article' }).click();
  await eventually(() => knowledge.articles.get('returns')?.body).toBe(body);
});

test('keeps what was typed when somebody else deleted the article', async () => {
  const view = await open({ route: 'knowledge/returns' });
  await view.getByLabel('Text', { exact: true }).fill('Within 30 days.');
  knowledge.articles.delete('returns');
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('Somebody else deleted this article').waitFor();
  await view.getByRole('button', { name: 'Keep mine' }).click();
  await view.getByRole('button', { name: 'Save article' }).click();
  await eventually(() => knowledge.articles.get('returns')?.body).toBe('Within 30 days.');
});

test('does not write over an article with the name of a new one', async () => {
  const view = await open({ route: 'knowledge/_new' });
  await view.getByLabel('Title').fill('Returns');
  await view.getByLabel('Text', { exact: true }).fill('Mine.');
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('There is an article named “returns” already').waitFor();
  await view.getByRole('button', { name: 'Use another name' }).click();
  await view.getByRole('button', { name: 'Save article' }).click();
  await eventually(() => knowledge.articles.get('returns-2')?.body).toBe('Mine.');
  expect(knowledge.articles.get('returns')?.body).toBe('Within 60 days.');
});

test('deletes with one click and brings back with another, address and all', async () => {
  const view = await open();
  await view.getByRole('button', { name: 'Delete Returns' }).click();
  await view.getByText('“Returns” is deleted.').waitFor();
  await eventually(() => knowledge.articles.has('returns')).toBe(false);
  await view.getByRole('button', { name: 'Undo' }).click();
  await view.getByText('“Returns” is back.').waitFor();
  expect(knowledge.articles.get('returns')).toMatchObject({
    title: 'Returns',
    body: 'Within 60 days.',
    url: 'https://shop.example/returns',
  });
});

test('shows which passages a question finds, in order and with their share', async () => {
  const passage = { slug: 'returns', title: 'Returns', headings: ['Shoes'], text: 'Within **60** days.' };
  knowledge.passages = [
    { ...passage, score: 0.82 },
    { ...passage, slug: 'opening-hours', title: 'Opening hours', headings: [], score: 0.31 },
  ];
  const view = await open({ role: 'viewer' });
  await view.getByRole('tab', { name: 'Ask as a visitor would' }).click();
  await view.getByLabel('Question', { exact: true }).fill('How long can I return shoes?');
  await view.getByLabel('Question', { exact: true }).press('Enter');
  const passages = view.getByRole('list', { name: 'Passages' }).getByRole('listitem');
  await eventually(() => passages.count()).toBe(2);
  expect(await passages.first().innerText()).toMatch(/1\s+Returns › Shoes\s+82%/);
  expect(await passages.first().locator('strong').innerText()).toBe('60');
  expect(await passages.last().innerText()).toMatch(/2\s+Opening hours\s+31%/);
});

test('makes an article of a question that found nothing, and dismisses another', async () => {
  const question = { count: 3, lastAskedAt: ago(60_000), origin: 'https://shop.harbour.example' };
  knowledge.questions = [
    { ...question, id: '0f8fad5b-d9cb-469f-a165-70867728950e', question: 'Do you wrap gifts?' },
    { ...question, id: '1f8fad5b-d9cb-469f-a165-70867728950e', question: 'asdf' },
  ];
  const view = await open();
  await view.getByRole('tab', { name: 'Found nothing (2)' }).click();
  await view.getByRole('button', { name: 'Dismiss “asdf”' }).click();
  await eventually(() => knowledge.questions.length).toBe(1);
  await view.getByRole('button', { name: 'Write an article about “Do you wrap gifts?”' }).click();
  await eventually(() => view.getByLabel('Title').inputValue()).toBe('Do you wrap gifts?');
  expect(await view.getByLabel('Name').inputValue()).toBe('do-you-wrap-gifts');
});

test('lets a viewer read everything and change nothing', async () => {
  const view = await open({ role: 'viewer' });
  for (const name of ['New article', 'Import files', 'Delete Returns']) {
    const button = view.getByRole('button', { name });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    const reason = view.locator(`[id="${await button.getAttribute('aria-describedby')}"]`);
    expect(await reason.textContent()).toContain('viewer');
  }
  await view.getByRole('button', { name: 'Returns returns' }).click();
  expect(await view.getByLabel('Text', { exact: true }).getAttribute('readonly')).not.toBeNull();
  expect(await view.locator('.article-preview').innerText()).toContain('Within 60 days.');
});

test('says what to do while there is no article', async () => {
  knowledge.articles.clear();
  const view = await open();
  await view.getByText('The assistant knows nothing yet').waitFor();
});

test.each(['light', 'dark'] as const)('has no serious barrier in the %s mode', async (mode) => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const view = await open({ appearance: { mode } });
  const findBarriers = () =>
    view.evaluate(`axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
  await view.evaluate(axe);
  await view.locator('.article-row').first().waitFor();
  expect(await findBarriers()).toEqual([]);
  await view.getByRole('button', { name: 'Returns returns' }).click();
  await view.locator('.article-text').waitFor();
  expect(await findBarriers()).toEqual([]);
});
