import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { type DestinationStream, pino } from 'pino';
import { type Config, readConfig } from '../../server/config.ts';
import { DEMO_SETTINGS } from '../../server/demo/demo-settings.ts';
import { LIMIT_TABLE, type LimitTable } from '../../server/domain/limit-table.ts';
import { createSecretKey } from '../../server/domain/secret-key.ts';
import type { Widget } from '../../server/domain/widget.ts';
import { type Clock, systemClock } from '../../server/gateways/clock.ts';
import { createLog } from '../../server/log.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { insertVersion } from '../../server/store/settings-versions.ts';
import { WidgetSettingsModel } from '../../server/store/widget-settings.ts';
import { SECRET_KEY_TARGETS } from '../../shared/keys-api.ts';
import { createPublicKey, type PublicKey } from '../../shared/public-key.ts';
import type { Settings } from '../../shared/settings.ts';
import { ADMIN_SECRET } from './admin-token.ts';
import { buildEmbeddedDbEntry } from './embedded-db.ts';
import { ROOMY_LIMITS } from './roomy-limits.ts';
import { writeStubBuild } from './stub-build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type StartOptions = {
  /**
   * `built` serves what `npm run build` wrote; `stub` small stand-ins, for tests of the server alone; a path is of another
   * build.
   */
  readonly assets?: 'stub' | 'built' | { readonly dist: string };
  /** Over the configuration of a development server without a demo, on a free port. */
  readonly config?: Partial<Config>;
  /** The data directory of an earlier start, to start again on the same data; it is then not removed. */
  readonly dataDirectory?: string;
  readonly clock?: Clock;
  /** `true` for those that hold for everybody; if it is not given, no test reaches a limit by accident. */
  readonly limits?: true | LimitTable;
  /** Where log lines go, every level; nowhere if not given. */
  readonly log?: DestinationStream;
};

export type NewWidget = {
  readonly allowlist: readonly string[];
  /** Over the settings of the demo. */
  readonly settings?: Partial<Settings>;
};

export type Casement = {
  /** The widget origin, such as `http://widget.localhost:41234`. */
  readonly origin: string;
  /** The settings origin, on the same port. */
  readonly settingsOrigin: string;
  /** On 127.0.0.1; requests are sent there with `host` as Host. */
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly server: RunningServer;
  /** The store's connection, for what no route tells. */
  readonly store: mongoose.Connection;
  createWidget(widget: NewWidget): Promise<{ readonly widget: Widget; readonly publicKey: PublicKey }>;
  /** Writes a widget's settings as they are and lets this server see them at once. */
  saveWidget(widget: Widget): Promise<void>;
  /** Stops the server and removes what `startCasement` created. */
  stop(): Promise<void>;
};

/**
 * Starts the whole server in this process on a free port: with the embedded store in a fresh directory, or in a fresh
 * database of the server `TEST_MONGODB_URI` names. One at a time in a process: mongoose's models have one connection.
 */
export async function startCasement(options: StartOptions = {}): Promise<Casement> {
  const scratch = await mkdtemp(join(tmpdir(), 'casement-test-'));
  const dataDirectory = options.dataDirectory ?? join(scratch, 'data');
  const { assets = 'stub' } = options;
  const dist = typeof assets === 'object' ? assets.dist : join(assets === 'built' ? ROOT : scratch, 'dist');
  if (assets === 'stub') await writeStubBuild(dist);
  const server = await startServer({
    config: { ...testConfig(dataDirectory), ...options.config },
    paths: { dist, embeddedDbEntry: await buildEmbeddedDbEntry(), repository: ROOT },
    log: options.log === undefined ? pino({ level: 'silent' }) : createLog('trace', options.log),
    clock: options.clock ?? systemClock,
    limitTable: options.limits === true ? LIMIT_TABLE : (options.limits ?? ROOMY_LIMITS),
  });
  const { port, widgetOrigin } = server.config;

  return {
    origin: widgetOrigin,
    settingsOrigin: server.config.settingsOrigin ?? '',
    port,
    host: widgetOrigin.replace(/^https?:\/\//, ''),
    dataDirectory,
    server,
    store: mongoose.connection,
    async createWidget({ allowlist, settings }) {
      const publicKey = createRandomKey();
      const id = randomUUID();
      const { secretBox } = server.saveParts;
      const widget: Widget = {
        id,
        companyId: randomUUID(),
        slug: 'main',
        version: 1,
        settings: { ...DEMO_SETTINGS, ...settings, allowlist: [...allowlist] },
        keys: [{ publicKey, state: 'active' }],
        secretKeys: SECRET_KEY_TARGETS.map((target) => createSecretKey(id, target, secretBox)),
        keysRevision: 0,
      };
      await writeWidget(widget);
      return { widget, publicKey };
    },
    async saveWidget(widget) {
      await writeWidget(widget);
      server.directory.forget();
    },
    async stop() {
      await server.stop();
      if (options.dataDirectory === undefined) await dropDatabase(server.config.mongodbUri);
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** What `npm start` would use without any variable, except for the data, a free port, the demo and the database. */
function testConfig(dataDirectory: string): Config {
  const { config } = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DEMO: 'off',
    SHUTDOWN_GRACE_SECONDS: '2',
    JWT_SECRET: ADMIN_SECRET,
  });
  return { ...config, dataDirectory, mongodbUri: freshDatabase(dataDirectory) };
}

/** A database of its own for each data directory, so that a second start on the directory finds the first one's data. */
function freshDatabase(dataDirectory: string): string | undefined {
  const { TEST_MONGODB_URI } = process.env;
  if (TEST_MONGODB_URI === undefined) return undefined;
  const uri = new URL(TEST_MONGODB_URI);
  uri.pathname = `/casement-test-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)}`;
  return uri.href;
}

async function dropDatabase(uri: string | undefined): Promise<void> {
  if (uri === undefined) return;
  const connection = await mongoose.createConnection(uri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

/** Writes the widget as it is, and its settings as the version it says, if there is none of that number. */
async function writeWidget({ id, ...widget }: Widget): Promise<void> {
  const { version, settings } = widget;
  const savedBy = { subject: 'test', role: 'owner' } as const;
  await insertVersion({ widgetId: id, version, settings, savedAt: new Date(), savedBy, note: '', sections: [] });
  await WidgetSettingsModel.replaceOne({ _id: id }, { _id: id, ...widget }, { upsert: true });
}

function createRandomKey(): PublicKey {
  return createPublicKey(randomUUID().replaceAll('-', '').slice(0, 22));
}
