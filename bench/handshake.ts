// How long it takes from the moment the iframe is inserted until loader and frame have shaken hands, next to the load of
// an empty iframe from another origin, alternating in one run. Each has a page of its own that has come to rest: a browser
// keeps one process ready for the next site, and the second of two iframes would pay for what the first has used up.
// A second empty iframe sends `Origin-Agent-Cluster: ?1` as the widget's does: Chromium learns only from the answer that the
// document wants a process of its own, and begins anew with one. That is the price of the isolation, not of the handshake.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { launchBrowser, openHostPage, readDemoKey } from './bench-page.ts';
import { startServer } from './running-server.ts';
import { formatSpread, printTable, type Spread, spreadOf } from './statistics.ts';

const ROUNDS = 25;
const REST_MS = 500;
const ISOLATED_PATH = '/isolated';

const server = await startServer();
const empty = createServer((request, response) => {
  response.setHeader('content-type', 'text/html');
  if (request.url === ISOLATED_PATH) response.setHeader('origin-agent-cluster', '?1');
  response.end('<!doctype html><title>Empty</title>');
}).listen(0, '127.0.0.1');
await once(empty, 'listening');
const emptyOrigin = `http://empty.localhost:${(empty.address() as AddressInfo).port}`;
const browser = await launchBrowser();
const key = await readDemoKey(server.shopOrigin);

const script = `<script src="${server.widgetOrigin}/loader.js" data-key="${key}"></script>`;
const loads: number[] = [];
const isolatedLoads: number[] = [];
const handshakes: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const load = await onRestingPage((page) => page.evaluate(loadEmptyFrame, `${emptyOrigin}/`));
  const isolatedLoad = await onRestingPage((page) => page.evaluate(loadEmptyFrame, `${emptyOrigin}${ISOLATED_PATH}`));
  const handshake = await onRestingPage((page) => page.evaluate(openWidget));
  // The first round warms the caches of browser and server.
  if (round === 0) continue;
  loads.push(load);
  isolatedLoads.push(isolatedLoad);
  handshakes.push(handshake);
}

const [load, isolatedLoad, handshake] = [spreadOf(loads), spreadOf(isolatedLoads), spreadOf(handshakes)];
const over = (spread: Spread) => (handshake.median - spread.median).toFixed(1);
printTable(`Handshake, ${ROUNDS} rounds`, [
  ['what', 'ms, median (quartiles)', 'handshake over it, ms', 'must', 'aim'],
  ['an empty cross-origin iframe loads', formatSpread(load), over(load), '+ 40', '+ 10'],
  ['the same in a process of its own', formatSpread(isolatedLoad), over(isolatedLoad), '', ''],
  ['iframe inserted to handshake done', formatSpread(handshake), '', '', ''],
]);

await browser.close();
empty.close();
await server.stop();

async function onRestingPage(measure: (page: Page) => Promise<number>): Promise<number> {
  const page = await openHostPage(browser, server.shopOrigin, script);
  await page.waitForTimeout(REST_MS);
  const elapsed = await measure(page);
  await page.close();
  return elapsed;
}

function loadEmptyFrame(url: string): Promise<number> {
  return new Promise((resolve) => {
    const iframe = document.createElement('iframe');
    iframe.src = url;
    const startedAt = performance.now();
    iframe.addEventListener('load', () => {
      const elapsed = performance.now() - startedAt;
      iframe.remove();
      resolve(elapsed);
    });
    document.body.append(iframe);
  });
}

function openWidget(): Promise<number> {
  type PublicApi = { once(name: string, listener: () => void): void; open(): void };
  const { Casement } = window as unknown as { Casement: PublicApi };
  return new Promise((resolve) => {
    const startedAt = performance.now();
    Casement.once('ready', () => resolve(performance.now() - startedAt));
    Casement.open();
  });
}
