// A typed call over the port (`ping`, `pong`; both validated whole, numbered and rate limited) next to an echo over a bare
// MessageChannel between the same two threads of one browser, alternating in one run.
import { build } from 'esbuild';
import { launchBrowser } from './bench-page.ts';
import { formatSpread, printTable, spreadOf } from './statistics.ts';

const ROUNDS = 30;
const CALLS_PER_ROUND = 2_000;

type Measure = (calls: number) => Promise<number>;
type MeasuredPage = { measureBare: Measure; measureTyped: Measure };

const bundle = await build({
  entryPoints: ['bench/page/port-echo.ts'],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: 'es2022',
});
const browser = await launchBrowser();
const page = await browser.newPage();
await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });

const bare: number[] = [];
const typed: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const [bareTime, typedTime] = await page.evaluate(async (calls) => {
    const { measureBare, measureTyped } = window as unknown as MeasuredPage;
    return [await measureBare(calls), await measureTyped(calls)] as const;
  }, CALLS_PER_ROUND);
  // The first round warms the compiler.
  if (round > 0) bare.push((bareTime * 1000) / CALLS_PER_ROUND);
  if (round > 0) typed.push((typedTime * 1000) / CALLS_PER_ROUND);
}
await browser.close();

const ratios = typed.map((time, round) => time / (bare[round] ?? Number.NaN));
printTable(`Round trip over the port, ${ROUNDS} rounds of ${CALLS_PER_ROUND} calls`, [
  ['what', 'median (quartiles)', 'must', 'aim'],
  ['bare MessageChannel, microseconds', formatSpread(spreadOf(bare)), '', ''],
  ['typed call, microseconds', formatSpread(spreadOf(typed)), '', ''],
  ['ratio', formatSpread(spreadOf(ratios)), '1.50', '1.20'],
]);
