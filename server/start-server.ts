import type { Logger } from 'pino';
import { type ComposedApp, composeApp } from './compose-app.ts';
import type { Config } from './config.ts';
import { followPorts } from './config-ports.ts';
import { type DemoDashboard, startDashboard } from './demo/start-dashboard.ts';
import { type Demo, startDemo } from './demo/start-demo.ts';
import type { LimitTable } from './domain/limit-table.ts';
import { type Clock, systemClock } from './gateways/clock.ts';
import { type HttpListener, listen } from './http-listener.ts';
import { findSecrets } from './start-secrets.ts';
import { startStore } from './start-store.ts';

export type ServerPaths = {
  /** What the build wrote. */
  readonly dist: string;
  /** The built child script of the embedded store. */
  readonly embeddedDbEntry: string;
  /** Where the demo finds the documentation, the shop's pages and the example of a dashboard. */
  readonly repository: string;
};

type ServerParts = {
  readonly config: Config;
  readonly paths: ServerPaths;
  readonly log: Logger;
  /** In place of the limits that hold for everybody. */
  readonly limitTable?: LimitTable;
  readonly clock?: Clock;
};

export type RunningServer = Pick<ComposedApp, 'app' | 'directory' | 'saveParts'> & {
  /** With the ports that were taken. */
  readonly config: Config;
  readonly demo: Demo | undefined;
  readonly demoDashboard: DemoDashboard | undefined;
  /** The files of the development secrets that were made at this start. */
  readonly secretsMadeAt: readonly string[];
  /**
   * Stops accepting, lets replies end for `shutdownGraceMs`, stores what was produced, closes the store last. Nothing
   * that was acknowledged is lost. Safe to call twice.
   */
  stop(): Promise<void>;
};

/** How long connections stay open after the grace, for the end of replies that were interrupted by then. */
const LAST_WORDS_MS = 2_000;

/**
 * Starts everything, in the order in which it can fail without a trace: ports first, then the store, then what is written
 * to it. Rejects with a StartError, a ConfigError or an EmbeddedDbError; everything that was started is stopped then.
 */
export async function startServer({
  config,
  paths,
  log,
  limitTable,
  clock = systemClock,
}: ServerParts): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const listener = await listen({ ...config, portVariable: 'PORT' });
    undo.push(() => listener.close(0));
    const { host, demo: shop, demoDashboard } = config;
    const demoListener = shop && (await listen({ host, port: shop.port, portVariable: 'DEMO_PORT' }));
    undo.push(async () => demoListener?.close(0));
    const dashboardListener =
      demoDashboard && (await listen({ host, port: demoDashboard.port, portVariable: 'DEMO_DASHBOARD_PORT' }));
    undo.push(async () => dashboardListener?.close(0));
    const demoPorts = { demoPort: demoListener?.port ?? 0, dashboardPort: dashboardListener?.port ?? 0 };
    const here = followPorts(config, { port: listener.port, ...demoPorts });
    const store = await startStore({ config, embeddedDbEntry: paths.embeddedDbEntry, log });
    undo.push(() => store.stop());
    const { madeAt, ...secrets } = await findSecrets(config);
    const composed = await composeApp({ config: here, store, secrets, dist: paths.dist, limitTable, clock, log });
    const { saveParts } = composed;
    const { repository } = paths;
    const demo = demoListener && (await startDemo({ config: here, repository, listener: demoListener, saveParts }));
    const dashboard =
      dashboardListener &&
      (await startDashboard({
        config: here,
        repository,
        listener: dashboardListener,
        loginSecret: secrets.adminLogin,
      }));
    listener.serve(composed.handle);
    const stop = once(async () => {
      await composed.stop(() =>
        closeAll([listener, demoListener, dashboardListener], config.shutdownGraceMs + LAST_WORDS_MS),
      );
      await store.stop();
    });
    return { ...composed, config: here, demo, demoDashboard: dashboard, secretsMadeAt: madeAt, stop };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function closeAll(listeners: readonly (HttpListener | undefined)[], graceMs: number): Promise<void> {
  await Promise.all(listeners.map((listener) => listener?.close(graceMs)));
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
