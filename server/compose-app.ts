import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { composeAdmin } from './compose-admin.ts';
import { composeChat } from './compose-chat.ts';
import { composeCounting } from './compose-counting.ts';
import { composeGuards } from './compose-guards.ts';
import { composeKeys } from './compose-keys.ts';
import { composeRoutes } from './compose-routes.ts';
import type { Config } from './config.ts';
import type { LimitTable } from './domain/limit-table.ts';
import { createSecretBox } from './domain/secret-box.ts';
import { deriveSigningKeys } from './domain/secret-keys.ts';
import { createSessions } from './domain/sessions.ts';
import type { SaveParts } from './domain/settings-save.ts';
import { createWidgetDirectory, type WidgetDirectory } from './domain/widget-directory.ts';
import type { Clock } from './gateways/clock.ts';
import { type App, createApp } from './http/app.ts';
import { createQuickConfigurations } from './http/quick-configurations.ts';
import { readBuild } from './read-build.ts';
import type { Secrets } from './start-secrets.ts';
import type { RunningStore } from './start-store.ts';
import { findLatestConversationId } from './store/conversations.ts';
import { toStoreError } from './store/store-error.ts';

type Parts = {
  readonly config: Config;
  readonly store: RunningStore;
  readonly secrets: Secrets;
  /** What the build wrote. */
  readonly dist: string;
  /** In place of the limits that hold for everybody. */
  readonly limitTable: LimitTable | undefined;
  readonly clock: Clock;
  readonly log: Logger;
};

export type ComposedApp = {
  readonly app: App;
  /** Answers a request. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly directory: WidgetDirectory;
  /** For whoever saves settings without a request. */
  readonly saveParts: SaveParts;
  /** Refuses new requests, ends the running ones while `closeListeners` closes what they came in by. */
  stop(closeListeners: () => Promise<void>): Promise<void>;
};

/** Puts the floors together: gateways and store below, the domain's verbs on them, the routes on top. */
export async function composeApp(parts: Parts): Promise<ComposedApp> {
  const { config, store, secrets, clock, log } = parts;
  const build = await readBuild(parts.dist, config);
  const directory = createWidgetDirectory({ widgetOrigin: config.widgetOrigin, clock });
  const saveParts = createSaveParts(parts, directory);
  const keys = composeKeys({ directory, secretBox: saveParts.secretBox, clock, log });
  const signingKeys = deriveSigningKeys(secrets.session);
  const { settingsOrigin, trustProxyHops } = config;
  const sessions = createSessions({ signingKeys, directory, findLatestConversationId, clock, settingsOrigin });
  const counting = await composeCounting({ ...parts, directory });
  const conversations = await composeChat({ config, store, counting, sessions, directory, clock, log });
  let isStopping = false;
  const now = () => clock.now();
  const { limits, analytics } = counting;
  const life = { isStopping: () => isStopping, trustProxyHops, now, log };
  const quick = createQuickConfigurations({ directory, limits, analytics, keyUses: keys.uses, ...life });
  const admins = composeAdmin({ config, secrets, clock });
  const routes = {
    config,
    build,
    store,
    keys,
    counting,
    conversations,
    sessions,
    signingKeys,
    saveParts,
    quick,
    clock,
  };
  const app: App = createApp({
    origins: config,
    dashboardOrigins: config.dashboardOrigins,
    guards: composeGuards({ config, directory, sessions, keys, counting, admins }),
    routes: composeRoutes({ ...routes, listRoutes: () => app.routes }),
    toAppError: toStoreError,
    ...life,
  });
  return {
    app,
    handle: quick.before(app.koa.callback()),
    directory,
    saveParts,
    async stop(closeListeners) {
      isStopping = true;
      await conversations.stop(closeListeners());
      await counting.stop();
      await keys.uses.stop();
    },
  };
}

function createSaveParts({ config, secrets, clock }: Parts, directory: WidgetDirectory): SaveParts {
  const { widgetOrigin, settingsOrigin, mode } = config;
  const ownOrigins = settingsOrigin === undefined ? [widgetOrigin] : [widgetOrigin, settingsOrigin];
  const siteRules = { ownOrigins, allowsLoopbackHttp: mode !== 'production' };
  return { widgetOrigin, siteRules, directory, clock, secretBox: createSecretBox(secrets.secretsKeys) };
}
