// What the script tag costs a host page before a visitor shows intent, with the processor slowed down four times: the
// same page with and without the tag, alternating in one run. And whether anything was stored or asked for.
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openHostPage, readDemoKey } from './bench-page.ts';
import { startServer } from './running-server.ts';
import { formatSpread, printTable, spreadOf } from './statistics.ts';

const ROUNDS = 15;
const SLOWDOWN = 4;
const SETTLE_MS = 1_000;

type Cost = {
  readonly scriptMs: number;
  readonly heapKilobytes: number;
  readonly requests: number;
  readonly longTasks: number;
  readonly layoutShift: number;
  readonly cookies: number;
  readonly storageKeys: number;
};

const server = await startServer();
const browser = await launchBrowser();
const key = await readDemoKey(server.shopOrigin);
const paragraphs = '<p>One paragraph of a host page.</p>'.repeat(200);
const tag = (options: string): string =>
  `<script async src="${server.widgetOrigin}/loader.js" data-key="${key}"${options}></script>`;

const pages = {
  'without the tag': paragraphs,
  'with the tag': paragraphs + tag(''),
  'with the tag, data-config="eager"': paragraphs + tag(' data-config="eager"'),
};
const costs = new Map<string, Cost[]>();
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, body] of Object.entries(pages)) {
    const cost = await measureCost(browser, body);
    if (round > 0) costs.set(name, [...(costs.get(name) ?? []), cost]);
  }
}

printTable(`Host page before intent, ${SLOWDOWN}x slower processor, ${ROUNDS} rounds`, [
  ['page', 'script ms', 'heap KB', 'requests', 'long tasks', 'layout shift', 'cookies', 'storage keys'],
  ...[...costs].map(([name, rows]) => [
    name,
    formatSpread(spreadOf(rows.map(({ scriptMs }) => scriptMs)), 1),
    formatSpread(spreadOf(rows.map(({ heapKilobytes }) => heapKilobytes)), 0),
    ...(['requests', 'longTasks', 'layoutShift', 'cookies', 'storageKeys'] as const).map((column) =>
      String(Math.max(...rows.map((row) => row[column]))),
    ),
  ]),
]);

await browser.close();
await server.stop();

async function measureCost(browser: Browser, body: string): Promise<Cost> {
  let requests = 0;
  const page = await openHostPage(browser, server.shopOrigin, '');
  page.on('request', (request) => {
    if (request.url().startsWith(server.widgetOrigin)) requests++;
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await devtools.send('Performance.enable');
  await page.unroute(`${server.shopOrigin}/bench`);
  await page.route(`${server.shopOrigin}/bench`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><link rel="icon" href="data:,"><body>${body}` }),
  );
  await page.addInitScript(observe);
  await page.reload();
  await page.waitForTimeout(SETTLE_MS);
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  const observed = await page.evaluate(readObserved);
  const cookies = (await page.context().cookies()).length;
  await closePage(page);
  return {
    scriptMs: metric('ScriptDuration') * 1000,
    heapKilobytes: metric('JSHeapUsedSize') / 1024,
    requests,
    cookies,
    ...observed,
  };
}

async function closePage(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.close();
}

type Observed = { longTasks: number; layoutShift: number };

function observe(): void {
  const observed: Observed = { longTasks: 0, layoutShift: 0 };
  Object.assign(window, { observed });
  new PerformanceObserver((list) => {
    observed.longTasks += list.getEntries().length;
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      observed.layoutShift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

function readObserved(): Observed & { storageKeys: number } {
  const { observed } = window as unknown as { observed: Observed };
  return { ...observed, storageKeys: localStorage.length + sessionStorage.length };
}
