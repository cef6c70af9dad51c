import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DEMO_SETTINGS } from '../../../server/demo/demo-settings.ts';
import type { Settings } from '../../../shared/settings.ts';
import { frameOf } from '../../isolation/embedder.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { launcherOf, spyOnRoots } from '../loader/fake-frame-test.ts';
import { call, eventually, type LoaderStage, test } from '../loader/loader-test.ts';

/** A shop of a widget of its own, with the chat open in it. */
async function openChat(stage: LoaderStage, page: Page) {
  const allowlist = [stage.sites.origin('shop')];
  const { widget, publicKey } = await stage.casement.createWidget({ allowlist });
  await spyOnRoots(page);
  await page.goto(stage.shopPage({ attributes: `data-key="${publicKey}"` }));
  await call(page, 'open');
  const frame = await frameOf(page, stage.casement.origin);
  await frame.getByText(DEMO_SETTINGS.locales.en?.greeting ?? '').waitFor();
  const publish = async (change: (settings: Settings) => Settings) => {
    const settings = change({ ...DEMO_SETTINGS, allowlist });
    const save = { method: 'POST', path: '/settings', body: { expectedVersion: 1, settings } } as const;
    expect((await askAdmin(stage.casement, { company: widget.companyId }, save)).status).toBe(200);
  };
  return { frame, publish };
}

function withGreeting(settings: Settings, locale: string, greeting: string): Settings['locales'] {
  return {
    ...settings.locales,
    [locale]: { ...settings.locales[locale], greeting, starterQuestions: ['Open today?'] },
  };
}

test('an open chat takes over what an admin publishes, without a reload and with its draft', async ({
  stage,
  page,
  trouble,
}) => {
  const { frame, publish } = await openChat(stage, page);
  const documents: string[] = [];
  page.on('framenavigated', (navigated) => documents.push(navigated.url()));
  await frame.getByRole('textbox').fill('Half a quest');
  await publish((settings) => ({
    ...settings,
    theme: { ...settings.theme, primary: '#0a7d33', mode: 'dark', position: 'start' },
    locales: withGreeting(settings, 'en', 'A new greeting.'),
  }));
  await frame.getByText('A new greeting.').waitFor();
  await frame.getByRole('button', { name: 'Open today?' }).waitFor();
  expect(await frame.getByRole('textbox').inputValue()).toBe('Half a quest');
  expect(await frame.evaluate(() => document.documentElement.dataset.mode)).toBe('dark');
  expect(await frame.evaluate(() => document.documentElement.style.getPropertyValue('--accent'))).toBe(
    'rgb(10 125 51)',
  );
  await call(page, 'close');
  await eventually(() => launcherOf(page)).toMatchObject({ colour: 'rgb(10, 125, 51)', fromLeft: 24 });
  expect(documents).toEqual([]);
  expect(trouble.errors).toEqual([]);
});

test('a closed chat takes it over when it opens', async ({ stage, page }) => {
  const { frame, publish } = await openChat(stage, page);
  await call(page, 'close');
  await publish((settings) => ({ ...settings, locales: withGreeting(settings, 'en', 'While you were away.') }));
  await call(page, 'open');
  await frame.getByText('While you were away.').waitFor();
});

test('a language that is new is taken over as the visitor wants it', async ({ stage, page }) => {
  const { frame, publish } = await openChat(stage, page);
  await publish((settings) => ({
    ...settings,
    defaultLocale: 'ar',
    locales: { ar: { ...settings.locales.en, greeting: 'مرحبا' } },
  }));
  await frame.getByText('مرحبا').waitFor();
  expect(await frame.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    'ar',
    'rtl',
  ]);
});
