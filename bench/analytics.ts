// How long an answer about 90 days and 200 sites takes, next to one about a widget to which nothing ever happened, asked in
// turn in one run: by whole days in UTC, and in a time zone whose midnight cuts days of ours in two.
import { addTallies, type HourTally } from '../server/store/analytics.ts';
import { askAdmin } from '../test/support/admin-api.ts';
import { startCasement } from '../test/support/start-casement.ts';
import { formatSpread, printTable, spreadOf } from './statistics.ts';

const DAYS = 90;
const SITES = 200;
const ROUNDS = 15;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const COUNTS = {
  ...{ configurations: 410, frames: 120, opened: 55, conversations: 41, messages: 90, replies: 80, sourced: 70 },
  ...{ stopped: 2, helpful: 11, notHelpful: 3, limitsReached: 1, failure_MODEL_TIMEOUT: 1 },
  ...{ firstToken_18: 9, firstToken_22: 31, firstToken_26: 40, firstToken_30: 4 },
};

const casement = await startCasement();
const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const [busy, empty] = [await casement.createWidget({ allowlist: [] }), await casement.createWidget({ allowlist: [] })];
await fill(busy.widget.id);

const rows = [['question', 'empty, ms', '200 sites, ms', 'over the empty one, ms', 'KiB']];
for (const timeZone of ['UTC', 'America/Los_Angeles']) {
  const path = `/analytics?unit=day&timeZone=${timeZone}&from=${startOf(timeZone)}`;
  const times = { empty: [] as number[], busy: [] as number[], over: [] as number[] };
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const without = await time(empty.widget.companyId, path);
    const withSites = await time(busy.widget.companyId, path);
    bytes = withSites.bytes;
    times.empty.push(without.ms);
    times.busy.push(withSites.ms);
    times.over.push(withSites.ms - without.ms);
  }
  const spreads = [times.empty, times.busy, times.over].map((list) => formatSpread(spreadOf(list), 1));
  rows.push([`${DAYS} days, ${timeZone}`, ...spreads, (bytes / 1024).toFixed(0)]);
}
printTable('Analytics', rows);
await casement.stop();

/** One tally for each site and hour of the working day, through the code that writes what was counted. */
async function fill(widgetId: string): Promise<void> {
  for (let day = 0; day < DAYS; day++) {
    const tallies: HourTally[] = [];
    for (let hour = 0; hour < 24; hour += 3) {
      for (let site = 0; site < SITES; site++) {
        const origin = `https://shop-${site}.example`;
        tallies.push({ widgetId, hour: new Date(now - day * DAY_MS - hour * HOUR_MS), origin, counts: COUNTS });
      }
    }
    await addTallies(tallies);
  }
}

/** 90 days ago at midnight of the zone, as the settings view asks. */
function startOf(timeZone: string): string {
  const offsetHours = timeZone === 'UTC' ? 0 : 8;
  const midnight = Math.floor((now - (DAYS - 1) * DAY_MS) / DAY_MS) * DAY_MS;
  return new Date(midnight + offsetHours * HOUR_MS).toISOString();
}

async function time(company: string, path: string): Promise<{ ms: number; bytes: number }> {
  const startedAt = performance.now();
  const { status, body } = await askAdmin(casement, { company }, { path });
  if (status !== 200) throw new Error(body);
  return { ms: performance.now() - startedAt, bytes: Buffer.byteLength(body) };
}
