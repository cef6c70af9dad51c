import type { Logger } from 'pino';
import type { Clock } from '../gateways/clock.ts';
import type { addTallies, HourTally } from '../store/analytics.ts';
import type { Counter } from './analytics-counter.ts';
import { createFlusher } from './flusher.ts';
import { isPreview } from './preview-widget.ts';

export type AnalyticsCounts = {
  /**
   * Counts in memory: never waits, never throws. Of previews nothing is counted. `origin` is one on the widget's allowlist, or `''` for everything else.
   * A wildcard admits any number of sites; of each widget 200 an hour are told apart, and more count as `''`.
   */
  count(widgetId: string, origin: string, counter: Counter, times?: number): void;
  /** Writes everything that was counted until now. Resolves also if the store fails; the counts are kept then. */
  flush(): Promise<void>;
  /** The last flush. Nothing is to be counted afterwards. */
  stop(): Promise<void>;
};

type Parts = {
  readonly addTallies: typeof addTallies;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
};

/** Widgets times sites times hours that wait to be written; only a store that is down for long lets them grow so far. */
const MOST_WAITING = 20_000;
const MOST_SITES = 200;

/** Counts what happens, by widget, site and hour, and adds it to the store every few seconds. */
export function createAnalyticsCounts({ addTallies, clock, log }: Parts): AnalyticsCounts {
  let waiting = new Map<string, HourTally>();
  const { schedule, flush, stop } = createFlusher(write);
  const sites = createSiteRegister();

  function tallyOf({ widgetId, origin, hour, missingIn }: Omit<HourTally, 'counts'>): HourTally | undefined {
    const key = `${widgetId} ${hour.getTime()} ${origin} ${missingIn ?? ''}`;
    const known = waiting.get(key);
    if (known !== undefined || waiting.size >= MOST_WAITING) return known;
    const tally: HourTally = { widgetId, hour, origin, counts: {}, ...(missingIn && { missingIn }) };
    waiting.set(key, tally);
    return tally;
  }

  function add({ counts, ...place }: HourTally): void {
    const tally = tallyOf(place);
    if (tally === undefined) return;
    for (const [counter, times] of Object.entries(counts)) {
      tally.counts[counter] = (tally.counts[counter] ?? 0) + times;
    }
  }

  async function write(): Promise<void> {
    const tallies = [...waiting.values()];
    waiting = new Map();
    if (tallies.length === 0) return;
    try {
      for (const unwritten of await addTallies(tallies)) add(unwritten);
    } catch (err) {
      for (const tally of tallies) add(tally);
      log.warn({ err }, 'What was counted could not be written and is kept');
    }
    if (waiting.size > 0) schedule();
  }

  return {
    count(widgetId, origin, counter, times = 1) {
      if (isPreview(widgetId)) return;
      const hour = hourOf(clock.now());
      add({ widgetId, origin: sites.admit(widgetId, hour, origin), hour, counts: { [counter]: times } });
      schedule();
    },
    flush,
    stop,
  };
}

/** Admits so many sites of a widget an hour as themselves. */
function createSiteRegister() {
  let current = 0;
  const admitted = new Map<string, Set<string>>();
  return {
    admit(widgetId: string, hour: Date, origin: string): string {
      if (hour.getTime() !== current) admitted.clear();
      current = hour.getTime();
      const ofWidget = admitted.get(widgetId) ?? new Set();
      if (ofWidget.has(origin)) return origin;
      if (ofWidget.size >= MOST_SITES) return '';
      admitted.set(widgetId, ofWidget.add(origin));
      return origin;
    },
  };
}

/** The beginning of the hour, in UTC. */
export function hourOf(moment: Date): Date {
  const hour = new Date(moment);
  hour.setUTCMinutes(0, 0, 0);
  return hour;
}
