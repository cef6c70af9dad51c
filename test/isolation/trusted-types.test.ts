import { expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { embeddingPage } from '../support/hostile-pages.ts';
import { frameOf, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

function reportedDirectives({ proxy }: IsolationStage): string[] {
  return proxy
    .exchanges()
    .filter(({ path }) => path === `${API_BASE}/reports`)
    .map(({ requestBody }) => JSON.parse(requestBody)['csp-report']['effective-directive']);
}

test('case 56: the renderer is patched to make markup of text -> a TypeError, nothing drawn, a report', async ({
  stage,
  page,
  log,
}) => {
  const evil = stage.sites.origin('evil');
  const markup = `<img src="${evil}/pixel" onerror="window.ran=1">`;
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  await frame.getByRole('textbox').fill(`Look: ${markup}`);
  await frame.evaluate(() => {
    Document.prototype.createTextNode = function createTextNode(text) {
      const span = this.createElement('span');
      span.innerHTML = text;
      return span as unknown as Text;
    };
  });
  await frame.getByRole('textbox').press('Enter');

  await eventually(() => log.complaints.join('\n')).toMatch(/TypeError|requires 'TrustedHTML' assignment/);
  await eventually(() => reportedDirectives(stage)).toContain('require-trusted-types-for');
  expect(await frame.locator('img').count()).toBe(0);
  expect(await frame.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
  expect(stage.sites.visits.filter(({ site, path }) => site === 'evil' && path === '/pixel')).toEqual([]);
});

test.for<[string, (markup: string) => unknown]>([
  ['innerHTML', (markup) => Object.assign(document.body, { innerHTML: markup })],
  [
    'outerHTML',
    (markup) => Object.assign(document.body.appendChild(document.createElement('p')), { outerHTML: markup }),
  ],
  ['insertAdjacentHTML', (markup) => document.body.insertAdjacentHTML('beforeend', markup)],
  ['srcdoc', (markup) => Object.assign(document.createElement('iframe'), { srcdoc: markup })],
  ['document.write', (markup) => document.write(markup)],
  ['DOMParser', (markup) => new DOMParser().parseFromString(markup, 'text/html')],
  [
    'eval',
    // In a task of its own: what a debugger evaluates may call eval whatever the policy says.
    (markup) =>
      new Promise((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(Reflect.get(globalThis, 'eval')(`'${markup}'`));
          } catch (error) {
            reject(error);
          }
        });
      }),
  ],
  ['a policy of its own', () => Reflect.get(window, 'trustedTypes').createPolicy('mine', {})],
])('case 56: a script in the frame uses %s -> a TypeError or an EvalError', async ([, use], { stage, page }) => {
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  const markup = '<b id="drawn">drawn</b>';
  expect(
    await frame.evaluate(use, markup).then(
      () => 'done',
      (error: Error) => error.message,
    ),
  ).toMatch(/TypeError|EvalError/);
  expect(await frame.locator('#drawn').count()).toBe(0);
});
