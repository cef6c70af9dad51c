import { createCatalog } from '../catalog/catalog.ts';
import type { Engine } from '../commands/command.ts';
import { createCursors } from '../cursors/cursors.ts';
import { createRecordIds } from '../storage/record-ids.ts';
import { openStore } from '../storage/store.ts';
import { sweepPart } from '../storage/sweep.ts';
import { deleteExpired } from '../ttl.ts';

/** An engine and the work it does by itself. `close` ends that work and resolves when the store is closed. */
export type RunningEngine = { engine: Engine; close(): Promise<void> };

/** MongoDB's own interval. */
const TTL_INTERVAL_SECONDS = 60;
const CURSOR_CHECK_MS = 60_000;

export function startEngine(storePath: string, reportBug: (error: unknown) => void): RunningEngine {
  const store = openStore(storePath);
  const catalog = createCatalog();
  const recordIds = createRecordIds();
  const cursors = createCursors();
  const parts = { store, catalog, recordIds };
  const sweeper = createWorker(async () => {
    while (await sweepPart(store));
  }, reportBug);
  const reaper = createWorker(() => deleteExpired(parts, new Date()), reportBug);
  let ttlTimer = setInterval(reaper.wake, TTL_INTERVAL_SECONDS * 1000);
  const cursorTimer = setInterval(cursors.expire, CURSOR_CHECK_MS);
  sweeper.wake();
  const engine: Engine = {
    ...parts,
    cursors,
    sweepSoon: sweeper.wake,
    setTtlIntervalSeconds(seconds) {
      clearInterval(ttlTimer);
      ttlTimer = setInterval(reaper.wake, seconds * 1000);
    },
    startedAt: Date.now(),
  };
  return {
    engine,
    async close() {
      clearInterval(ttlTimer);
      clearInterval(cursorTimer);
      await Promise.all([sweeper.end(), reaper.end()]);
      await store.close();
    },
  };
}

/** Runs `work` when it is woken, never twice at once; being woken meanwhile makes it run once more. */
function createWorker(work: () => Promise<unknown>, reportBug: (error: unknown) => void) {
  let running: Promise<void> | undefined;
  let isWanted = false;
  let hasEnded = false;
  const run = async () => {
    while (isWanted && !hasEnded) {
      isWanted = false;
      await work().catch(reportBug);
    }
    running = undefined;
  };
  return {
    wake() {
      isWanted = true;
      running ??= run();
    },
    async end() {
      hasEnded = true;
      await running;
    },
  };
}
