import { createHash } from 'node:crypto';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { eventually, type OpenSettings, openSettings } from './open-settings.ts';

let browser: Browser;
let settings: OpenSettings;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(settings.problems).toEqual([]);
  await settings.close();
});

const accent = () => settings.view.getByLabel('Accent');

/** The document of the preview, once it is there. */
async function preview(): Promise<Frame> {
  const find = () => settings.page.frames().find((frame) => frame.url().includes('/preview/'));
  await eventually(() => find() !== undefined).toBe(true);
  const frame = find();
  if (frame === undefined) throw new Error('There is no preview');
  await frame.locator('textarea').waitFor();
  return frame;
}

const accentOf = (frame: Frame) => () =>
  frame.evaluate(() => document.documentElement.style.getPropertyValue('--accent'));

function openPreviewed(options: Parameters<typeof openSettings>[1] = {}): Promise<OpenSettings> {
  return openSettings(browser, {
    route: 'appearance',
    answers: { 'POST /preview': { ticket: 'preview-ticket', expiresInSeconds: 60 } },
    ...options,
  });
}

test('shows the real chat beside the page, looking and speaking as the draft says', async () => {
  settings = await openPreviewed();
  const chat = await preview();
  await chat.getByText('Harbour Outfitters').first().waitFor();
  await eventually(accentOf(chat)).toBe('rgb(0 89 255)');
  await accent().fill('#7a00ff');
  await eventually(accentOf(chat)).toBe('rgb(122 0 255)');
});

test('re-themes with every edit, without waiting for a pause in typing', async () => {
  settings = await openPreviewed();
  const chat = await preview();
  await eventually(accentOf(chat)).toBe('rgb(0 89 255)');
  await chat.evaluate(() => {
    const seen: string[] = [];
    const note = () => seen.push(document.documentElement.style.getPropertyValue('--accent'));
    new MutationObserver(note).observe(document.documentElement, { attributes: true });
    Object.assign(window, { seen });
  });
  await accent().fill('#7a00ff');
  await accent().fill('#00aa55');
  await eventually(() => chat.evaluate('seen.at(-1)')).toBe('rgb(0 170 85)');
  expect(await chat.evaluate('seen')).toContain('rgb(122 0 255)');
});

test('keeps the last look while what was typed is no colour', async () => {
  settings = await openPreviewed();
  const chat = await preview();
  await eventually(accentOf(chat)).toBe('rgb(0 89 255)');
  await accent().fill('#7a');
  await settings.view.getByLabel('Corner radius').fill('4');
  await settings.view.getByText('Needed: a colour').waitFor();
  expect(await accentOf(chat)()).toBe('rgb(0 89 255)');
});

test('shows the other mode, and the size of a phone', async () => {
  settings = await openPreviewed();
  const chat = await preview();
  const bar = settings.view.locator('.preview-bar');
  await bar.getByRole('radio', { name: 'Dark' }).check();
  await eventually(() => chat.evaluate(() => document.documentElement.dataset.mode)).toBe('dark');
  const frame = settings.view.locator('.preview-frame');
  const before = await frame.boundingBox();
  await bar.getByRole('radio', { name: 'Phone' }).check();
  expect((await frame.boundingBox())?.width).toBeLessThan(before?.width ?? 0);
  expect(settings.api.preview.documents).toHaveLength(1);
});

test('opens a session of the draft for whoever goes into the chat, and only then', async () => {
  settings = await openPreviewed();
  const chat = await preview();
  await eventually(accentOf(chat)).toBe('rgb(0 89 255)');
  expect(settings.api.requests.map(({ path }) => path)).not.toContain('/preview');
  await chat.locator('textarea').click();
  await eventually(() => settings.api.preview.sessions).toHaveLength(1);
  const nonce = new URL(chat.url()).hash.slice(1);
  expect(settings.api.preview.sessions).toEqual([{ ticket: 'preview-ticket', proof: nonce }]);
  const asked = settings.api.requests.filter(({ path }) => path === '/preview');
  expect(asked.map(({ body }) => body)).toEqual([
    { challenge: createHash('sha256').update(nonce).digest('base64url') },
  ]);
  // It answers from the draft, so there is one, though nothing was changed.
  expect(settings.api.widget.draft).toMatchObject({ baseVersion: 1 });
});

test('says why the chat cannot answer, and opens no session', async () => {
  settings = await openPreviewed();
  const chat = await preview();
  await accent().fill('#7a');
  await chat.locator('textarea').click();
  await settings.view.getByText('The chat answers once nothing in the draft is wrong.').waitFor();
  expect(settings.api.preview.sessions).toEqual([]);
});

test('shows a viewer the look, and why they cannot chat', async () => {
  settings = await openPreviewed({ role: 'viewer' });
  const chat = await preview();
  await eventually(accentOf(chat)).toBe('rgb(0 89 255)');
  await settings.view.locator('.preview').getByText('Your role is viewer.').waitFor();
  await chat.locator('textarea').click();
  expect(settings.api.requests.map(({ path }) => path)).not.toContain('/preview');
});

test('stands behind a button where there is no room beside the page', async () => {
  settings = await openPreviewed({ context: { viewport: { width: 390, height: 844 } } });
  await accent().fill('#7a00ff');
  expect(settings.api.preview.documents).toEqual([]);
  await settings.view.getByRole('button', { name: 'Preview' }).click();
  await eventually(accentOf(await preview())).toBe('rgb(122 0 255)');
  await settings.page.keyboard.press('Escape');
  await eventually(() => settings.page.frames().some((frame) => frame.url().includes('/preview/'))).toBe(false);
});
