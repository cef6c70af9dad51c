// How long it takes from the moment the iframe is inserted until loader and frame have shaken hands, next to the load of
// an empty iframe from another origin, alternating in one run.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser, openHostPage, readDemoKey } from './bench-page.ts';
import { startServer } from './running-server.ts';
import { formatSpread, printTable, spreadOf } from './statistics.ts';

const ROUNDS = 25;

const server = await startServer();
const empty = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html><title>Empty</title>');
}).listen(0, '127.0.0.1');
await once(empty, 'listening');
const emptyUrl = `http://empty.localhost:${(empty.address() as AddressInfo).port}/`;
const browser = await launchBrowser();
const key = await readDemoKey(server.shopOrigin);

const script = `<script src="${server.widgetOrigin}/loader.js" data-key="${key}"></script>`;
const handshakes: number[] = [];
const loads: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const page = await openHostPage(browser, server.shopOrigin, script);
  const load = await page.evaluate(loadEmptyFrame, emptyUrl);
  const handshake = await page.evaluate(openWidget);
  await page.close();
  // The first round warms the caches of browser and server.
  if (round > 0) loads.push(load);
  if (round > 0) handshakes.push(handshake);
}

const [load, handshake] = [spreadOf(loads), spreadOf(handshakes)];
printTable(`Handshake, ${ROUNDS} rounds`, [
  ['what', 'ms, median (quartiles)', 'must', 'aim'],
  ['an empty cross-origin iframe loads', formatSpread(load), '', ''],
  ['iframe inserted to handshake done', formatSpread(handshake), '', ''],
  ['difference', (handshake.median - load.median).toFixed(2), '+ 40', '+ 10'],
  ['ratio', (handshake.median / load.median).toFixed(2), '', ''],
]);

await browser.close();
empty.close();
await server.stop();

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
