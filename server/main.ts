import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config.ts';
import { EmbeddedDbError } from './embedded-db/start-embedded-db.ts';
import { createLog } from './log.ts';
import { StartError } from './start-error.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { describeStart } from './start-words.ts';

/** Beside this file in `dist/server`; the repository is two folders up. */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function main(): Promise<void> {
  const startedAt = performance.now();
  // Whoever read the words may have gone, as a closed terminal has: no reason to fall over, least of all while stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const { config, warnings } = readConfig(process.env);
  for (const warning of warnings) process.stderr.write(`! ${warning}\n`);
  const log = createLog(config.logLevel);
  const paths = { dist: here('..'), embeddedDbEntry: here('embedded-db.js'), repository: here('../..') };
  const server = await startServer({ config, paths, log });
  stopOnSignal(server);
  process.stdout.write(describeStart(server, performance.now() - startedAt));
}

/** The first signal ends everything in order; whoever sends a second one does not want to wait. */
function stopOnSignal(server: RunningServer): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    process.stdout.write(`\n${signal}: letting replies end. Once more to stop at once.\n`);
    server.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function fail(error: unknown): void {
  const isForPeople = [ConfigError, StartError, EmbeddedDbError].some((kind) => error instanceof kind);
  const words = error instanceof Error ? (isForPeople ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`Casement did not start.\n${words}\n`);
  process.exit(1);
}

main().catch(fail);
