// What it costs the settings view to go from page to page once everything was open, and to go through 1,000 versions and
// 2,000 articles, with the processor slowed down four times: in the demo's own dashboard, by presses of the mouse and keys.
import { type Origin, parseOrigin } from '../shared/origin.ts';
import { type Casement, startCasement } from '../test/support/start-casement.ts';
import { launchBrowser } from './bench-page.ts';
import { fillWidget } from './fill-widget.ts';
import { type Cost, openSlowView, type SlowView } from './slow-view.ts';
import { formatSpread, printTable, spreadOf } from './statistics.ts';

const SLOWDOWN = 4;
const ROUNDS = 7;
const LONG_TASK_MS = 50;
const MOST = { versions: 1_000, articles: 2_000 };
const HEAD = ['what', 'longest task, ms', 'long ones', 'press to picture, ms', 'must'];

const casement = await startCasement({ assets: 'built', config: demoConfig() });
const browser = await launchBrowser();

const view = await openSlowView(browser, casement, SLOWDOWN);
printTable(`Going from page to page of the settings, ${SLOWDOWN}x slower processor, ${ROUNDS} rounds`, [
  HEAD,
  ...describe(await measurePages(view)),
]);
await view.page.context().close();

await fillWidget(casement, MOST);
const fullView = await openSlowView(browser, casement, SLOWDOWN);
const { versions, articles } = MOST;
printTable(`The settings with ${versions} versions and ${articles} articles, ${SLOWDOWN}x slower processor`, [
  HEAD,
  ...describe(await measureHistory(fullView)),
  ...describe(await measureKnowledge(fullView)),
]);

await browser.close();
await casement.stop();

/** What `npm start` begins with, on free ports. */
function demoConfig(): Partial<Casement['server']['config']> {
  const demoDashboard = onFreePort('dashboard');
  return { demo: onFreePort('shop'), demoDashboard, dashboardOrigins: [demoDashboard.origin] };
}

function onFreePort(name: string): { origin: Origin; port: number } {
  const origin = parseOrigin(`http://${name}.localhost:0`);
  if (origin === undefined) throw new TypeError(`"${name}" makes no origin`);
  return { origin, port: 0 };
}

type Costs = ReadonlyMap<string, readonly Cost[]>;

/** Every page once, then all of them in turn, a few rounds. */
async function measurePages(view: SlowView): Promise<Costs> {
  const costs = new Map<string, Cost[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const title of view.titles) {
      const cost = await view.openPage(title);
      if (round > 0) costs.set(title, [...(costs.get(title) ?? []), cost]);
    }
  }
  return costs;
}

async function measureHistory(view: SlowView): Promise<Costs> {
  const costs = new Map<string, Cost[]>();
  const add = (what: string, cost: Cost) => costs.set(what, [...(costs.get(what) ?? []), cost]);
  const press = (name: RegExp) => pressButton(view, name);
  await view.openPage('History');
  for (let round = 0; round < ROUNDS; round++) {
    await view.openPage('Overview');
    add('History: open', await view.openPage('History'));
  }
  while (await hasButton(view, /^Older/)) add('History: turn to the last page', await press(/^Older/));
  for (let round = 0; round < ROUNDS; round++) {
    await view.page.evaluate('scrollTo(0, 0)');
    add('History: scroll through', await scroll(view));
  }
  for (let round = 0; round < ROUNDS; round++) {
    await view.page.evaluate('scrollTo(0, 0)');
    add('History: changes of a version', await press(/^Changes of version/));
    add('History: close them', await press(/^Close/));
  }
  return costs;
}

async function measureKnowledge(view: SlowView): Promise<Costs> {
  const costs = new Map<string, Cost[]>();
  const add = (what: string, cost: Cost) => costs.set(what, [...(costs.get(what) ?? []), cost]);
  await view.openPage('Knowledge');
  for (let round = 0; round < ROUNDS; round++) {
    await view.openPage('Overview');
    add('Knowledge: open', await view.openPage('Knowledge'));
  }
  for (let round = 0; round < ROUNDS; round++) {
    await view.page.evaluate('scrollTo(0, 0)');
    add('Knowledge: scroll through', await scroll(view));
  }
  await view.page.evaluate('scrollTo(0, 0)');
  for (let round = 0; round < ROUNDS; round++) {
    await view.frame.getByLabel('Search titles and names').focus();
    add('Knowledge: search', await view.measure(() => view.page.keyboard.type('boots part 7', { delay: 60 })));
    await view.frame.getByLabel('Search titles and names').fill('');
  }
  return costs;
}

async function hasButton({ frame }: SlowView, name: RegExp): Promise<boolean> {
  return (await frame.getByRole('button', { name }).count()) > 0;
}

/** Presses the first button of this name with the mouse, which is brought there before. */
async function pressButton({ page, frame, measure }: SlowView, name: RegExp): Promise<Cost> {
  const button = frame.getByRole('button', { name }).first();
  await button.waitFor();
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (box === null) throw new Error(`There is no button "${name}" to be seen`);
  return measure(() => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
}

/** Turns the wheel by some screens. */
function scroll({ page, measure }: SlowView): Promise<Cost> {
  return measure(async () => {
    for (let turn = 0; turn < 12; turn++) {
      await page.mouse.wheel(0, 1_500);
      await page.waitForTimeout(50);
    }
  });
}

function describe(costs: Costs): string[][] {
  return [...costs].map(([what, list]) => [
    what,
    sayLongest(list.map(({ longestTaskMs }) => longestTaskMs)),
    `${list.filter(({ longestTaskMs }) => longestTaskMs > LONG_TASK_MS).length} of ${list.length}`,
    formatSpread(spreadOf(list.map(({ toPaintMs }) => toPaintMs)), 0),
    `none over ${LONG_TASK_MS} ms`,
  ]);
}

/** Browsers tell of tasks from 50 ms on only. */
function sayLongest(tasks: readonly number[]): string {
  const longest = Math.max(...tasks);
  return longest === 0 ? `under ${LONG_TASK_MS}` : longest.toFixed(0);
}
