import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { element, embeddingPage, htmlDocument, htmlPage } from '../support/hostile-pages.ts';
import { askInFrame, frameOf, openWidget } from './embedder.ts';
import { GUARDED_ROUTES } from './guarded-routes.ts';
import { test } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

/** Bytes that are the same for everybody and may be read by every page, so that they can be pinned by their integrity. */
const PUBLISHED = [
  'GET /loader.js',
  'GET /loader/:file',
  'GET /settings.js',
  'GET /settings-loader/:file',
  'GET /assets/:file',
];

type Target = { readonly name: string; readonly method: string; readonly url: string; readonly body: string };

/** Every other route, with what a visitor of the shop owns in its address. */
async function findTargets(stage: IsolationStage): Promise<Target[]> {
  const { conversationId, replyId } = JSON.parse(
    /event: reply-started\ndata: (.*)\n/.exec(chatAnswer(stage))?.[1] ?? '{}',
  );
  expect(conversationId).toBeDefined();
  return Object.entries(GUARDED_ROUTES)
    .filter(([name]) => !PUBLISHED.includes(name))
    .map(([name, { request }]) => {
      const { path, body } = request({ publicKey: stage.keys.shop, conversationId, replyId });
      const [method = ''] = name.split(' ');
      return { name, method, url: `${stage.widgetOrigin}${path}`, body: JSON.stringify(body ?? {}) };
    });
}

function chatAnswer(stage: IsolationStage): string {
  const chat = stage.proxy.exchanges().find(({ method, path }) => method === 'POST' && path === `${API_BASE}/chat`);
  return chat?.body ?? '';
}

type Reading = { readonly read: string[]; readonly tried: number };

/** Runs in the hostile document: what of all targets its script could fetch, and how often it tried. */
async function fetchEverything(targets: readonly Target[]): Promise<Reading> {
  const read: string[] = [];
  let tried = 0;
  async function tryFetch({ name, url }: Target, way: string, init: RequestInit): Promise<void> {
    tried++;
    try {
      const answer = await fetch(url, init);
      if (answer.type !== 'opaque') read.push(`${way} of ${name}: ${answer.status} ${await answer.text()}`);
    } catch {
      // As it should be.
    }
  }
  for (const target of targets) {
    const { method, body } = target;
    const hasBody = method !== 'GET';
    const headers = { 'content-type': 'application/json', authorization: 'Bearer none' };
    for (const credentials of ['omit', 'include'] as const) {
      const init = { method, credentials, ...(hasBody && { body }) };
      await tryFetch(target, `fetch, credentials ${credentials}`, init);
      await tryFetch(target, `JSON, credentials ${credentials}`, { ...init, headers });
      const simple = { ...init, method: hasBody ? 'POST' : 'GET' };
      await tryFetch(target, `no-cors, credentials ${credentials}`, { ...simple, mode: 'no-cors' });
    }
  }
  return { read, tried };
}

/** Runs in the hostile document: the same by elements, and by forms, which only write. */
async function embedEverything(targets: readonly Target[]): Promise<Reading> {
  const read: string[] = [];
  let tried = 0;
  async function tryElement({ name, url }: Target, tag: 'script' | 'img' | 'link'): Promise<void> {
    tried++;
    const before = Object.keys(window).length;
    const isLoaded = await new Promise<boolean>((resolve) => {
      const tagged = document.createElement(tag);
      tagged.onload = () => resolve(true);
      tagged.onerror = () => resolve(false);
      Object.assign(tagged, tag === 'link' ? { rel: 'stylesheet', href: url } : { src: url });
      document.body.append(tagged);
    });
    if ((isLoaded && tag === 'img') || Object.keys(window).length !== before) read.push(`${tag} of ${name}`);
  }
  async function trySubmit({ url }: Target): Promise<void> {
    tried++;
    const sink = Object.assign(document.createElement('iframe'), { name: `sink-${tried}` });
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', enctype: 'text/plain', action: url, target: sink.name });
    document.body.append(sink, form);
    const answered = new Promise((resolve) => sink.addEventListener('load', resolve));
    form.submit();
    await answered;
  }
  for (const target of targets) {
    for (const tag of ['script', 'img', 'link'] as const) await tryElement(target, tag);
    if (target.method !== 'GET') await trySubmit(target);
  }
  return { read, tried };
}

/** What a visitor of the shop has on the server, as the store tells it. */
async function takeStock({ casement }: IsolationStage) {
  const names = ['widget_sessions', 'widget_visitors', 'widget_conversations', 'widget_messages'];
  const documents = await Promise.all(names.map((name) => casement.store.collection(name).find().toArray()));
  return JSON.stringify(documents);
}

async function openVisitor(stage: IsolationStage, page: Page): Promise<Frame> {
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  await askInFrame(frame, 'Where is my parcel?');
  return frame;
}

const HOSTILE_DOCUMENTS: readonly [string, (stage: IsolationStage, page: Page) => Promise<Page | Frame>][] = [
  [
    'a page of evil',
    async (stage, page) => {
      await page.goto(stage.sites.publish('evil', htmlPage('evil')));
      return page;
    },
  ],
  [
    'an opaque frame in a page of evil',
    async (stage, page) => {
      const opaque = { sandbox: 'allow-scripts allow-forms', srcdoc: htmlDocument('opaque') };
      await page.goto(stage.sites.publish('evil', htmlPage(element('iframe', opaque))));
      const frame = page.frames()[1];
      if (frame === undefined) throw new TypeError('The opaque frame is not there');
      expect(await frame.evaluate(() => window.origin)).toBe('null');
      return frame;
    },
  ],
];

test.for(HOSTILE_DOCUMENTS)(
  'case 43: %s reads every route in every way a page can, in a visitor’s browser -> nothing read, nothing changed',
  async ([, open], { stage, context, page }) => {
    await openVisitor(stage, page);
    const targets = await findTargets(stage);
    const before = await takeStock(stage);
    const hostile = await open(stage, await context.newPage());
    const fetched = await hostile.evaluate(fetchEverything, targets);
    const embedded = await hostile.evaluate(embedEverything, targets);
    expect(fetched).toEqual({ read: [], tried: targets.length * 6 });
    expect(embedded.read).toEqual([]);
    expect(embedded.tried).toBeGreaterThan(targets.length * 3);
    expect(await takeStock(stage)).toBe(before);
  },
);

test('case 43: the same page reads what is published, so that it would have read the rest', async ({ stage, page }) => {
  await page.goto(stage.sites.publish('evil', htmlPage('evil')));
  const loader = { name: 'loader', method: 'GET', url: `${stage.widgetOrigin}/loader.js`, body: '' };
  const { read } = await page.evaluate(fetchEverything, [loader]);
  expect(read).toEqual(expect.arrayContaining([expect.stringContaining('fetch, credentials omit of loader: 200')]));
});
