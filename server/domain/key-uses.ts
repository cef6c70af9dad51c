import type { Clock } from '../gateways/clock.ts';
import type { addKeyUses, KeyUse } from '../store/key-uses.ts';

/** Where and when keys are used, counted in memory so that no request waits for it, and written every few seconds. */
export type KeyUses = {
  /** Never throws. */
  note(widgetId: string, keyId: string, origin: string): void;
  /** Writes what was counted. What cannot be written now is written the next time; rejects if the store does not answer. */
  flush(): Promise<void>;
  /** Writes what was counted and counts no more. */
  stop(): Promise<void>;
};

type KeyUsesParts = {
  readonly add: typeof addKeyUses;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
};

const FLUSH_MS = 5_000;
/** A wildcard on an allowlist admits any number of sites; more than these at once are not counted. */
const MOST_PENDING = 20_000;

export function createKeyUses({ add, clock, onFailure }: KeyUsesParts): KeyUses {
  let pending = new Map<string, KeyUse>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function schedule(): void {
    if (isStopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      flush().catch(onFailure);
    }, FLUSH_MS).unref();
  }

  function keep(use: KeyUse): void {
    const name = `${use.keyId} ${use.origin}`;
    const known = pending.get(name);
    if (known === undefined && pending.size >= MOST_PENDING) return;
    const lastUsedAt = known !== undefined && known.lastUsedAt > use.lastUsedAt ? known.lastUsedAt : use.lastUsedAt;
    pending.set(name, { ...use, lastUsedAt, count: use.count + (known?.count ?? 0) });
  }

  async function flush(): Promise<void> {
    const uses = [...pending.values()];
    pending = new Map();
    try {
      if (uses.length > 0) await add(uses);
    } catch (error) {
      for (const use of uses) keep(use);
      schedule();
      throw error;
    }
  }

  return {
    note(widgetId, keyId, origin) {
      if (isStopped) return;
      keep({ widgetId, keyId, origin, lastUsedAt: clock.now(), count: 1 });
      schedule();
    },
    flush,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await flush().catch(onFailure);
    },
  };
}
