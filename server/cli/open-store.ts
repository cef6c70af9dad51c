import { pino } from 'pino';
import type { Config } from '../config.ts';
import { EmbeddedDbError } from '../embedded-db/start-embedded-db.ts';
import { type RunningStore, startStore } from '../start-store.ts';
import { CommandError, type CommandPlace } from './command.ts';

/**
 * Runs `work` on the store of the configuration and lets go of it. Rejects with a CommandError while a server has the
 * embedded store: one process at a time can use it.
 */
export async function withStore<T>(
  config: Config,
  { embeddedDbEntry }: Pick<CommandPlace, 'embeddedDbEntry'>,
  work: () => Promise<T>,
): Promise<T> {
  const store = await open(config, embeddedDbEntry);
  try {
    return await work();
  } finally {
    await store.stop();
  }
}

async function open(config: Config, embeddedDbEntry: string): Promise<RunningStore> {
  try {
    return await startStore({ config, embeddedDbEntry, log: pino({ level: 'silent' }) });
  } catch (cause) {
    if (!(cause instanceof EmbeddedDbError) || cause.code !== 'LOCKED') throw cause;
    const what = 'Stop the server, run this again, and start it; with MONGODB_URI both can run at once';
    throw new CommandError(`${cause.message}. ${what}`, cause);
  }
}
