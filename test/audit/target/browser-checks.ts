import type { Browser, Page } from 'playwright-core';
import { element, htmlPage } from '../../support/hostile-pages.ts';
import { type HostileSites, startHostileSites } from '../../support/hostile-sites.ts';
import type { Check, Probe } from './probe.ts';

const LOADED_MS = 30_000;

/** What a page of evil, served from this machine, tries on the deployment in a real browser. */
export function browserChecks(browser: Browser): readonly Check[] {
  const onEvil = (run: (scene: Scene) => Promise<void>) => (probe: Probe) => visitEvil(browser, probe, run);
  return [
    {
      name: 'case 2: a page of evil frames the widget with a claim of its own',
      run: onEvil((scene) => holdUnseen(scene, [claimOf(scene, scene.sites.origin('evil'))])),
    },
    {
      name: 'case 2: a page of evil embeds the loader with this key and opens it',
      run: onEvil(holdLoaderShut),
    },
    {
      name: 'case 3: a page of evil frames the widget with another site’s claim',
      run: onEvil((scene) => holdUnseen(scene, [claimOf(scene, scene.probe.listedSite ?? 'https://shop.invalid')])),
    },
    {
      name: 'case 43: a page of evil reads the API in every way a page can',
      run: onEvil(holdUnreadable),
    },
  ];
}

type Scene = { readonly probe: Probe; readonly page: Page; readonly sites: HostileSites };

async function visitEvil(browser: Browser, probe: Probe, run: (scene: Scene) => Promise<void>): Promise<void> {
  const sites = await startHostileSites();
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(LOADED_MS);
  page.on('console', (message) => probe.note(`console ${message.type()}: ${message.text()}`));
  try {
    await run({ probe, page, sites });
  } finally {
    await context.close();
    await sites.stop();
  }
}

function claimOf({ probe }: Scene, site: string): string {
  return `${probe.target}/frame/${probe.key}?o=${encodeURIComponent(site)}`;
}

/** Frames each address by every element that can, and holds that the browser shows no document of the deployment. */
async function holdUnseen({ probe, page, sites }: Scene, urls: readonly string[]): Promise<void> {
  const frames = urls.flatMap((url) => [
    element('iframe', { src: url }),
    element('iframe', { src: url, referrerpolicy: 'origin' }),
    element('iframe', { src: url, referrerpolicy: 'no-referrer' }),
    element('object', { data: url, width: '200', height: '200' }),
  ]);
  const answered = page.waitForResponse((response) => response.url().startsWith(`${probe.target}/frame/`));
  await page.goto(sites.publish('evil', htmlPage(frames.join(''))), { waitUntil: 'load', timeout: LOADED_MS });
  probe.hold('status of the frame', (await answered).status(), 403);
  await holdNothingShown(probe, page);
}

async function holdLoaderShut({ probe, page, sites }: Scene): Promise<void> {
  const script = element('script', { src: `${probe.target}/loader.js`, 'data-key': probe.key });
  const frameAnswered = page.waitForResponse((response) => response.url().startsWith(`${probe.target}/frame/`));
  frameAnswered.catch(() => undefined);
  await page.goto(sites.publish('evil', htmlPage(script)), { waitUntil: 'load', timeout: LOADED_MS });
  await page.waitForFunction(() => Reflect.get(window, 'Casement')?.open !== undefined);
  await page.evaluate(() => Reflect.get(window, 'Casement').open());
  const answer = await Promise.race([frameAnswered, saidNo(page)]);
  if (answer !== undefined) probe.hold('status of the frame', answer.status(), 403);
  await page.waitForFunction(() => Reflect.get(window, 'Casement').isOpen() === false);
  await holdNothingShown(probe, page);
}

/** The loader may also give up before it asks for the frame, because the configuration was refused. */
async function saidNo(page: Page): Promise<undefined> {
  await page.waitForFunction(() => Reflect.get(window, 'Casement').isOpen() === false);
}

/** A frame whose address is empty has not been shown anything yet, so it is waited for. */
async function holdNothingShown(probe: Probe, page: Page): Promise<void> {
  const addresses = () => page.frames().map((frame) => frame.url());
  const deadline = performance.now() + LOADED_MS;
  while (addresses().includes('') && performance.now() < deadline) await page.waitForTimeout(50);
  const shown = addresses();
  probe.hold('frames that never came to an end', shown.filter((url) => url === '').length, 0);
  for (const url of shown) probe.note(`a frame shows ${url}`);
  const ours = shown.filter((url) => url.startsWith(probe.target));
  probe.hold('documents of the deployment that are shown', ours, []);
}

async function holdUnreadable({ probe, page, sites }: Scene): Promise<void> {
  await page.goto(sites.publish('evil', htmlPage('evil')), { waitUntil: 'load', timeout: LOADED_MS });
  const api = `${probe.target}/api/v1/widget`;
  const urls = ['/session', '/chat', '/conversations', '/settings'].map((path) => `${api}${path}`);
  const readable = await page.evaluate(tryToRead, [
    `${api}/config?key=${probe.key}`,
    `${probe.target}/frame/${probe.key}?o=${encodeURIComponent(sites.origin('evil'))}`,
    ...urls,
  ]);
  probe.hold('answers that evil could read', readable, []);
}

/** Runs in the page: what of these addresses could be read, by `fetch` of every sort and by a script element. */
async function tryToRead(urls: readonly string[]): Promise<string[]> {
  const read: string[] = [];
  const post = { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } };
  const ways: [string, RequestInit][] = [
    ['fetch', {}],
    ['fetch with credentials', { credentials: 'include' }],
    ['fetch without CORS', { mode: 'no-cors', credentials: 'include' }],
    ['simple POST', post],
    ['POST of JSON', { ...post, headers: { 'content-type': 'application/json' } }],
  ];
  for (const url of urls) {
    for (const [way, init] of ways) {
      try {
        const answer = await fetch(url, init);
        if (answer.type !== 'opaque') read.push(`${way} of ${url}: ${answer.status}`);
      } catch {
        // As it should be.
      }
    }
    const before = Object.keys(window).length;
    await new Promise<void>((resolve) => {
      const script = document.createElement('script');
      script.onload = () => resolve();
      script.onerror = () => resolve();
      script.src = url;
      document.head.append(script);
    });
    if (Object.keys(window).length !== before) read.push(`script of ${url}`);
  }
  return read;
}
