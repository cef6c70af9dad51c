import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../gateways/clock.ts';
import type { deleteSilent, SilentConversations } from '../store/silent-conversations.ts';
import type { dropUnansweredBefore } from '../store/unanswered.ts';
import type { findRetentions } from '../store/widget-settings.ts';

export type Retention = {
  /** Deletes what is over now. Resolves also if the store fails; the next sweep goes on. */
  sweep(): Promise<void>;
  /** Ends the sweep that is under way and begins no other. */
  stop(): Promise<void>;
};

export type RetentionParts = {
  readonly store: {
    readonly deleteSilent: typeof deleteSilent;
    readonly findRetentions: typeof findRetentions;
    readonly dropUnansweredBefore: typeof dropUnansweredBefore;
  };
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;
/** After the start there is more to do than to tidy up. */
const FIRST_SWEEP_MS = 60 * 1000;
/** What one step deletes, so that visitors never wait long for the store. */
const CONVERSATIONS_A_STEP = 100;
const PAUSE_MS = 50;
/** Nobody comes back to a preview. */
const PREVIEWS_KEPT_DAYS = 1;

/**
 * Deletes, every hour, the conversations in which nobody has written for as long as their widget's settings say, the
 * questions kept of them, and after a day the conversations of previews. Every process does it: what one has deleted, another does not find.
 */
export function createRetention({ store, clock, log }: RetentionParts): Retention {
  let isStopped = false;
  let sweeping: Promise<void> = Promise.resolve();
  let timer = setTimeout(next, FIRST_SWEEP_MS).unref();

  async function next(): Promise<void> {
    await sweep();
    if (!isStopped) timer = setTimeout(next, SWEEP_EVERY_MS).unref();
  }

  async function sweepOnce(): Promise<void> {
    try {
      const deleted = await deleteAll(await findSilent());
      if (deleted > 0) log.info({ conversations: deleted }, 'Conversations were deleted, as the settings say');
    } catch (err) {
      log.warn({ err }, 'Old conversations could not be deleted; it is tried again');
    }
  }

  async function findSilent(): Promise<readonly SilentConversations[]> {
    const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);
    const widgets = await store.findRetentions();
    return [
      { of: 'previews', before: daysAgo(PREVIEWS_KEPT_DAYS) },
      ...widgets.map(({ widgetId, days }) => ({ of: { widgetId }, before: daysAgo(days) })),
    ];
  }

  async function deleteAll(all: readonly SilentConversations[]): Promise<number> {
    let deleted = 0;
    for (const silent of all) {
      if (silent.of !== 'previews') await store.dropUnansweredBefore(silent.of.widgetId, silent.before);
      for (let found = CONVERSATIONS_A_STEP; found === CONVERSATIONS_A_STEP && !isStopped; ) {
        found = await store.deleteSilent(silent, CONVERSATIONS_A_STEP);
        deleted += found;
        if (found > 0) await pause(PAUSE_MS);
      }
    }
    return deleted;
  }

  function sweep(): Promise<void> {
    sweeping = sweeping.then(() => (isStopped ? undefined : sweepOnce()));
    return sweeping;
  }

  return {
    sweep,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}
