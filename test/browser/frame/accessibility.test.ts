import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Configuration } from '../../../shared/configuration.ts';
import { launchBrowser } from '../../support/browser.ts';
import { eventually, openPanel, type Panel } from './open-panel.ts';

let browser: Browser;
let panel: Panel;
let axe: string;

beforeAll(async () => {
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(panel.problems).toEqual([]);
  await panel.close();
});

/** Findings that are serious or worse, in a line each. */
async function findBarriers(): Promise<string[]> {
  await panel.frame.evaluate(axe);
  await panel.settle();
  const findings: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] =
    await panel.frame.evaluate('axe.run().then(({ violations }) => violations)');
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

/** A conversation with everything in it: text, sources, code, a table, a link that asks, an error. */
async function fill(): Promise<void> {
  const reply = await panel.ask('Show me everything.');
  reply.write(
    'Yes.[1]\n\n# Heading\n\n- `code`\n- [a page](https://other.example/a)\n\n> Quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nlet a;\n```',
  );
  reply.cite({ number: 1, title: 'Returns', excerpt: 'Within 60 days.' });
  reply.end();
  await panel.frame.getByRole('button', { name: 'a page' }).click();
  await panel.frame.getByRole('button', { name: 'Source 1: Returns' }).click();
  const second = await panel.ask('And more?');
  second.fail('INTERRUPTED');
  await panel.frame.locator('.failure').waitFor();
}

const inMode =
  (mode: 'light' | 'dark', primary = '#0059ff') =>
  (configuration: Configuration) => ({
    ...configuration,
    theme: { ...configuration.theme, mode, primary },
  });

test.each<['light' | 'dark', string]>([
  ['light', '#0059ff'],
  ['dark', '#0059ff'],
  ['light', '#ffd400'],
  ['dark', '#101010'],
  ['light', '#777777'],
])('has no serious barrier in the %s with %s', async (mode, primary) => {
  panel = await openPanel(browser, { configure: inMode(mode, primary) });
  await panel.frame.locator('.greeting').waitFor();
  expect(await findBarriers()).toEqual([]);
  await fill();
  expect(await findBarriers()).toEqual([]);
  await panel.page.context().setOffline(true);
  await panel.frame.getByText('You are offline.').waitFor();
  await panel.frame.getByRole('button', { name: 'More' }).click();
  expect(await findBarriers()).toEqual([]);
  await panel.page.context().setOffline(false);
  await panel.frame.getByRole('menuitem', { name: 'Past conversations' }).click();
  await panel.frame.locator('.history').waitFor();
  expect(await findBarriers()).toEqual([]);
});

test('follows the visitor’s preference while the mode is automatic', async () => {
  panel = await openPanel(browser, {
    context: { colorScheme: 'dark' },
    configure: (configuration) => ({ ...configuration, theme: { ...configuration.theme, mode: 'auto' } }),
  });
  const background = () => panel.frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await background()).toBe('rgb(21, 24, 29)');
  await panel.page.emulateMedia({ colorScheme: 'light' });
  await eventually(background).toBe('rgb(255, 255, 255)');
});

test('says a finished reply once, politely, without marks, and nothing while it grows', async () => {
  panel = await openPanel(browser);
  const said: string[] = [];
  await panel.page.exposeFunction('heard', (text: string) => said.push(text));
  await panel.frame.locator('.greeting').waitFor();
  await panel.frame.evaluate(() => {
    const region = document.querySelector('[aria-live=polite]');
    if (region === null) throw new Error('There is no live region');
    new MutationObserver(() => Reflect.get(window, 'heard')(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const reply = await panel.ask('Can I?');
  for (const piece of ['Yes, **with', 'in** 60', ' days.[1]']) {
    reply.write(piece);
    await panel.frame.locator('.markdown', { hasText: piece.replaceAll('**', '').replace('[1]', '') }).waitFor();
  }
  expect(said).toEqual([]);
  reply.end();
  await eventually(() => said[0]).toBe('Yes, within 60 days.');
  await eventually(() => said.at(-1)).toBe('');
  expect(said).toHaveLength(2);
});

test('lays everything out from the right for a language that is read so', async () => {
  panel = await openPanel(browser, { configure: (configuration) => ({ ...configuration, locale: 'ar' }) });
  const reply = await panel.ask('كيف أعيد سترة؟');
  reply.write('نعم.[1]\n\n```\nlet a;\n```');
  reply.cite({ number: 1, title: 'الإرجاع', excerpt: 'خلال 60 يوما.' });
  reply.end();
  await panel.frame.locator('.copy').waitFor();
  const left = async (selector: string) => (await panel.frame.locator(selector).first().boundingBox())?.x ?? Number.NaN;
  expect(await left('.bubble')).toBeLessThan(40);
  expect(await left('.header .monogram')).toBeGreaterThan(300);
  expect(await left('.reply .monogram')).toBeGreaterThan(300);
  expect(await left('.send')).toBeLessThan(60);
  expect(await panel.frame.locator('pre').evaluate((code) => getComputedStyle(code).direction)).toBe('ltr');
  expect(await panel.frame.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  expect(await findBarriers()).toEqual([]);
});

test('can be hit: every control is at least 40 by 40, or has that much round it', async () => {
  panel = await openPanel(browser);
  await panel.frame.locator('.greeting').waitFor();
  await fill();
  await panel.settle();
  const small = await panel.frame.evaluate(() =>
    [...document.querySelectorAll('button, a, textarea')]
      // A link in a sentence is as high as its line (https://www.w3.org/TR/WCAG22/#target-size-minimum).
      .filter((control) => !control.matches('.link, .markdown a:not(.outlined)'))
      .filter((control) => {
        const { width, height } = control.getBoundingClientRect();
        const around = Number.parseFloat(getComputedStyle(control, '::after').top) || 0;
        return Math.min(width, height) - 2 * around < 40;
      })
      .map((control) => control.outerHTML.slice(0, 80)),
  );
  expect(small).toEqual([]);
});

test('never makes a phone zoom in, and moves nothing for those who asked for less motion', async () => {
  panel = await openPanel(browser, {
    context: { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', hasTouch: true },
  });
  await panel.frame.locator('.greeting').waitFor();
  await panel.ask('Can I?');
  await panel.frame.locator('.caret').waitFor();
  const field = panel.frame.locator('textarea');
  expect(await field.evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px');
  expect(await panel.frame.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('grows to six lines with what is written, and then scrolls', async () => {
  panel = await openPanel(browser);
  await panel.frame.locator('.greeting').waitFor();
  const field = panel.frame.locator('textarea');
  const height = async () => (await field.boundingBox())?.height ?? 0;
  const write = (lines: number) => field.fill(Array(lines).fill('a').join('\n'));
  const one = await height();
  for (const [lines, more] of [
    [2, 24],
    [6, 5 * 24],
    [20, 5 * 24],
    [1, 0],
  ] as const) {
    await write(lines);
    await eventually(height).toBe(one + more);
  }
});
