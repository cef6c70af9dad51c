import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { deriveSigningKeys } from './domain/secret-keys.ts';
import { createSessions } from './domain/sessions.ts';
import { createWidgetDirectory, type WidgetDirectory } from './domain/widget-directory.ts';
import type { Clock } from './gateways/clock.ts';
import { type App, createApp } from './http/app.ts';
import { type BuildManifest, readBuildManifest } from './http/build-manifest.ts';
import { createGuards } from './http/guards.ts';
import { createAssetRoutes } from './http/routes/assets.ts';
import { createConfigRoutes } from './http/routes/config.ts';
import { createFrameRoutes } from './http/routes/frame.ts';
import { createHealthRoutes } from './http/routes/health.ts';
import { createSessionRoutes } from './http/routes/session.ts';
import { readStaticAssets, type StaticAssets } from './http/static-assets.ts';
import { StartError } from './start-error.ts';
import type { RunningStore } from './start-store.ts';
import { findLatestConversationId } from './store/conversations.ts';
import { toStoreError } from './store/store-error.ts';

type Parts = {
  readonly config: Config;
  readonly store: RunningStore;
  readonly secret: string;
  /** What the build wrote. */
  readonly dist: string;
  readonly clock: Clock;
  readonly log: Logger;
};

export type ComposedApp = {
  readonly app: App;
  readonly directory: WidgetDirectory;
  /** Refuses new requests, ends the running ones while `closeListeners` closes what they came in by. */
  stop(closeListeners: () => Promise<void>): Promise<void>;
};

/** Puts the floors together: gateways and store below, the domain's verbs on them, the routes on top. */
export async function composeApp({ config, store, secret, dist, clock, log }: Parts): Promise<ComposedApp> {
  const { widgetOrigin, assetBaseUrl } = config;
  const { manifest, assets } = await readBuild(dist);
  const directory = createWidgetDirectory({ widgetOrigin, clock });
  const sessions = createSessions({
    signingKeys: deriveSigningKeys(secret),
    directory,
    findLatestConversationId: async (visitorId) => (await findLatestConversationId(visitorId)) ?? null,
    clock,
  });
  let isStopping = false;

  const app = createApp({
    widgetOrigin,
    log,
    guards: createGuards({ widgetOrigin, directory, sessions }),
    routes: [
      ...createAssetRoutes(assets, manifest),
      ...createFrameRoutes({ widgetOrigin, assetBaseUrl, manifest, sessions }),
      ...createConfigRoutes(),
      ...createSessionRoutes(sessions),
      ...createHealthRoutes(() => store.isReachable()),
    ],
    toAppError: toStoreError,
    isStopping: () => isStopping,
  });

  return {
    app,
    directory,
    async stop(closeListeners) {
      isStopping = true;
      await closeListeners();
    },
  };
}

async function readBuild(dist: string): Promise<{ manifest: BuildManifest; assets: StaticAssets }> {
  try {
    return { manifest: await readBuildManifest(dist), assets: await readStaticAssets(dist) };
  } catch (cause) {
    throw new StartError(`There is no complete build in "${dist}": run "npm run build" first`, cause);
  }
}
