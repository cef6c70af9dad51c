import type { JSHandle, Page } from 'playwright-core';
import { expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { readBoot } from '../support/frame-visitor.ts';
import { spyingHostPage } from '../support/hostile-host.ts';
import type { Exchange } from '../support/hostile-proxy.ts';
import { askInFrame, frameOf, heardEvents, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test as isolationTest } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

const QUESTION = 'Does the zeppelin fly on Sundays?';

/** `page` is a host page that spies with everything it has, `iframe` what it found that way. */
const test = isolationTest.extend('iframe', async ({ stage, page }): Promise<JSHandle<HTMLIFrameElement>> => {
  await page.goto(stage.sites.publish('shop', spyingHostPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  await eventually(() => heardEvents(page)).toContain('ready');
  return page.evaluateHandle((): HTMLIFrameElement => Reflect.get(window, 'spied').roots[0].querySelector('iframe'));
});

test.for<[string, (frame: HTMLIFrameElement) => unknown, RegExp]>([
  ['the iframe’s document', (frame) => String(frame.contentDocument), /^null$/],
  ['the document of its window', (frame) => frame.contentWindow?.document.title, /SecurityError/],
  ['its address', (frame) => frame.contentWindow?.location.href, /SecurityError/],
  ['a variable of its window', (frame) => frame.contentWindow?.name, /SecurityError/],
  ['its history', (frame) => frame.contentWindow?.history.length, /SecurityError/],
  ['its storage', (frame) => frame.contentWindow?.sessionStorage.length, /SecurityError/],
  ['the number of frames in the page', () => window.length, /^0$/],
  ['the first frame of the page', () => String(window.frames[0]), /^undefined$/],
  ['an iframe in the document', () => String(document.querySelector('iframe')), /^null$/],
])('case 36: the host page asks for %s -> refused or empty', async ([, look, expected], { page, iframe }) => {
  const seen = await page.evaluate(look, iframe).catch((error: Error) => error.message);
  expect(String(seen)).toMatch(expected);
});

/** Everything a script of the host page can lay its hands on, as text. */
function collectFromHost(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { roots, posted, received } = Reflect.get(window, 'spied');
    const shadows: string[] = roots.map((root: ShadowRoot) => root.innerHTML);
    const globals = Object.keys(window).filter((name) => !['spied', 'window', 'self', 'parent', 'top'].includes(name));
    const seen = new Set<unknown>();
    const text = (value: unknown): string =>
      JSON.stringify(value, (_key, inner: unknown) => {
        if (typeof inner !== 'object' || inner === null) return inner;
        if (seen.has(inner)) return 'seen';
        seen.add(inner);
        return inner;
      }) ?? '';
    return [
      document.documentElement.outerHTML,
      document.cookie,
      location.href,
      text(history.state),
      ...shadows,
      text(posted),
      text(received),
      text({ ...localStorage }),
      text({ ...sessionStorage }),
      text(performance.getEntries().map((entry) => entry.toJSON())),
      text(Reflect.get(window, 'heard')),
      ...globals.map((name) => `${name}=${String(Reflect.get(window, name))}`),
    ].join('\n');
  });
}

test('case 36: what the host page can see of a conversation has no ticket, no token and no word of it', async ({
  stage,
  page,
  iframe: _,
}) => {
  const reply = await askInFrame(await frameOf(page, stage.widgetOrigin), QUESTION);
  await eventually(() => heardEvents(page)).toContain('reply-ended');
  const [document] = stage.documents();
  const { ticket } = readBoot(document?.body ?? '');
  const { token } = JSON.parse(exchangeOf(stage, 'POST', '/session').body);
  expect(exchangeOf(stage, 'POST', '/chat').requestBody).toContain(QUESTION);
  expect(reply.length).toBeGreaterThan(10);

  const visible = await collectFromHost(page);
  expect(visible).toContain(stage.keys.shop);
  expect(visible).toContain('"reply-ended"');
  expect(visible).toContain('"t":"ready"');
  for (const secret of [ticket, token, QUESTION, 'zeppelin', reply, reply.split('\n')[0] ?? reply]) {
    expect(visible).not.toContain(secret);
  }
});

function exchangeOf(stage: IsolationStage, method: string, path: string): Exchange {
  const found = stage.proxy.exchanges().find((exchange) => {
    return exchange.method === method && exchange.path === `${API_BASE}${path}`;
  });
  if (found === undefined) throw new Error(`There was no ${method} ${path}`);
  return found;
}
