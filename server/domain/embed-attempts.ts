import type { Logger } from 'pino';
import { isAllowed } from '../../shared/allowlist.ts';
import type { EmbedAttempts as EmbedAttemptsAnswer, RefusedThing } from '../../shared/embed-attempts-api.ts';
import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import type { Clock } from '../gateways/clock.ts';
import type { addAttempt, EmbedAttempt, findAttempts } from '../store/embed-attempts.ts';
import type { AnalyticsCounts } from './analytics.ts';
import { createFlusher } from './flusher.ts';
import type { WidgetDirectory } from './widget-directory.ts';

/** Somebody who was refused. Nothing about it is proven: any program can say it. */
export type Refusal = {
  readonly publicKey: PublicKey;
  readonly what: RefusedThing;
  /** `undefined` if the browser did not name the page. */
  readonly embedder: Origin | undefined;
  readonly blocked?: string;
  /** How many this one stands for. */
  readonly weight?: number;
};

export type EmbedAttempts = {
  /** Counts in memory, if the key is of a widget. Never rejects, and need not be waited for. */
  note(refusal: Refusal): Promise<void>;
  /** Who was refused by the widget, the most recent first. */
  list(widgetId: string): Promise<EmbedAttemptsAnswer>;
  /** Writes what was counted until now. */
  stop(): Promise<void>;
};

type Parts = {
  readonly store: { readonly addAttempt: typeof addAttempt; readonly findAttempts: typeof findAttempts };
  readonly directory: Pick<WidgetDirectory, 'findLive'>;
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
};

/** Different ones that wait to be written. What is new beyond this is left out until then. */
const MOST_WAITING = 1_000;

/** Keeps who tried to embed a widget: counted in memory, written every few seconds, bounded in both places. */
export function createEmbedAttempts({ store, directory, analytics, clock, log }: Parts): EmbedAttempts {
  let waiting = new Map<string, EmbedAttempt>();
  const { schedule, flush, stop } = createFlusher(write);

  function keep(attempt: EmbedAttempt): void {
    const { widgetId, what, embedder, blocked } = attempt;
    const key = [widgetId, what, embedder, blocked].join(' ');
    const known = waiting.get(key);
    if (known === undefined && waiting.size >= MOST_WAITING) return;
    waiting.set(key, known === undefined ? attempt : join(known, attempt));
    schedule();
  }

  async function write(): Promise<void> {
    const attempts = [...waiting.values()];
    waiting = new Map();
    for (const [index, attempt] of attempts.entries()) {
      try {
        await store.addAttempt(attempt);
      } catch (err) {
        for (const unwritten of attempts.slice(index)) keep(unwritten);
        log.warn({ err }, 'Who tried to embed a widget could not be written and is kept');
        return;
      }
    }
  }

  return {
    async note({ publicKey, what, embedder, blocked = '', weight: count = 1 }) {
      const widget = await directory.findLive(publicKey).catch(() => undefined);
      if (widget === undefined) return;
      const now = clock.now();
      const isListed = embedder !== undefined && isAllowed(embedder, widget.settings.allowlist);
      analytics.count(widget.id, isListed ? embedder : '', 'embedsRefused', count);
      const place = { widgetId: widget.id, what, embedder: embedder ?? '', blocked };
      keep({ ...place, count, firstSeenAt: now, lastSeenAt: now });
    },
    async list(widgetId) {
      await flush();
      return { attempts: (await store.findAttempts(widgetId)).map(presentAttempt) };
    },
    stop,
  };
}

function presentAttempt({ widgetId: _id, firstSeenAt, lastSeenAt, ...attempt }: EmbedAttempt) {
  return { ...attempt, firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() };
}

function join(one: EmbedAttempt, later: EmbedAttempt): EmbedAttempt {
  return { ...one, count: one.count + later.count, lastSeenAt: later.lastSeenAt };
}
