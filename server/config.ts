import * as v from 'valibot';
import type { Origin } from '../shared/origin.ts';
import { type AdminLogin, findAdminWarnings, toAdminConfig } from './config-admin.ts';
import { understandAliases } from './config-alias.ts';
import { findContradictions } from './config-contradictions.ts';
import { type DemoSite, toDemoConfig } from './config-demo.ts';
import { localOrigin } from './config-origin.ts';
import type { SecretsKey } from './config-secrets-key.ts';
import { findSecurityWarnings } from './config-security.ts';
import { describeProblem, type Variables, variablesSchema } from './config-variables.ts';

/** Everything the server is told from outside, read once at the start. */
export type Config = {
  readonly mode: 'development' | 'production' | 'test';
  readonly host: string;
  readonly port: number;
  /** The widget origin: loader, frame and API. Never taken from a request. */
  readonly widgetOrigin: Origin;
  /** The settings origin, where the admin API answers and nothing of the widget does. Without it there is no admin API. */
  readonly settingsOrigin: Origin | undefined;
  /** The only pages that browsers let call the admin API. */
  readonly dashboardOrigins: readonly Origin[];
  /** Absent only in production without a settings origin. */
  readonly adminLogin: AdminLogin | undefined;
  /** What `/assets/<file>` is appended to: a content delivery network, or the widget origin. No slash at the end. */
  readonly assetBaseUrl: string;
  readonly dataDirectory: string;
  /** A real MongoDB; without it the embedded store in `dataDirectory` is used. */
  readonly mongodbUri: string | undefined;
  /** Where the processes count their limits together; without it each process counts for itself. */
  readonly redisUrl: string | undefined;
  /** How many processes share the Redis. */
  readonly workers: number;
  /** How many proxies in front of this server are ours: the address of whoever asks is what the outermost one saw. */
  readonly trustProxyHops: number;
  /** At least 32 bytes. Absent only outside production, where one is made once and kept in `dataDirectory`. */
  readonly sessionSecret: string | undefined;
  /** What secrets in the store are encrypted with, the newest first. Absent only outside production, as above. */
  readonly secretsKeys: readonly SecretsKey[] | undefined;
  /** Where a weakness can be reported, as a `mailto:` or `https:` address; without it there is no `security.txt`. */
  readonly securityContact: string | undefined;
  /** The page that says how reports are handled. */
  readonly securityPolicyUrl: string | undefined;
  /** An OpenAI-compatible model; without it the assistant quotes the widget's knowledge. */
  readonly model: ModelConfig | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** The demo shop; never in production. */
  readonly demo: DemoSite | undefined;
  /** The dashboard of the demo's company, with the settings view in it; never in production. */
  readonly demoDashboard: DemoSite | undefined;
  readonly shutdownGraceMs: number;
};

export type ModelConfig = { readonly baseUrl: string; readonly apiKey: string | undefined; readonly name: string };

/** For whoever starts the server: one line for each variable that is wrong, and what there is to warn of besides. */
export class ConfigError extends Error {
  constructor(problems: readonly string[], warnings: readonly string[] = []) {
    super([...problems, ...warnings].join('\n'));
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables (docs/configuration.md lists them). An empty variable counts as
 * absent. Throws a ConfigError that names every wrong variable, its problem and an example. `warnings` are to be shown.
 */
export function readConfig(environment: Environment): { config: Config; warnings: readonly string[] } {
  const { config, problems, warnings } = inspectConfig(environment);
  if (problems.length > 0) throw new ConfigError(problems, warnings);
  return { config, warnings };
}

export type InspectedConfig = {
  /** What was given, under the server's own names. */
  readonly environment: Environment;
  /** What was given and is right, and defaults for the rest. */
  readonly variables: Variables;
  readonly config: Config;
  /** One line for each thing that is wrong; with none the server starts. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
};

/** The same for whoever wants to know more than the first mistake: goes on without the variables that are wrong. */
export function inspectConfig(environment: Environment): InspectedConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const { variables: named, sources, warnings } = understandAliases(given);
  const { issues = [] } = v.safeParse(variablesSchema, named);
  const wrong = new Set(issues.map(({ path }) => String(path?.[0]?.key)));
  const variables = v.parse(
    variablesSchema,
    Object.fromEntries(Object.entries(named).filter(([name]) => !wrong.has(name))),
  );
  const config = toConfig(variables);
  // What is said of a variable that could not be read is said for the wrong reason.
  const isSound = (line: string) => [...wrong].every((name) => !line.includes(name));
  return {
    environment: named,
    variables,
    config,
    problems: [
      ...issues.map((issue) => describeProblem(issue, sources)),
      ...findContradictions(variables, config).filter(isSound),
    ],
    warnings: [...warnings, ...[...findAdminWarnings(config), ...findSecurityWarnings(config)].filter(isSound)],
  };
}

function toConfig(variables: Variables): Config {
  const mode = variables.NODE_ENV;
  const demo = toDemoConfig(variables);
  const widgetOrigin = variables.PUBLIC_URL ?? localOrigin('widget', variables.PORT);
  return {
    mode,
    host: variables.HOST ?? (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    port: variables.PORT,
    widgetOrigin,
    ...toAdminConfig(variables, {
      settingsOrigin: localOrigin('settings', variables.PORT),
      dashboardOrigin: demo.demoDashboard?.origin ?? localOrigin('dashboard', 4402),
    }),
    assetBaseUrl: variables.CDN_BASE_URL ?? widgetOrigin,
    dataDirectory: variables.DATA_DIR,
    mongodbUri: variables.MONGODB_URI,
    redisUrl: variables.REDIS_URL,
    workers: variables.WORKERS,
    trustProxyHops: variables.TRUST_PROXY_HOPS,
    sessionSecret: variables.SESSION_SECRET,
    secretsKeys: variables.SECRETS_KEY,
    securityContact: variables.SECURITY_CONTACT,
    securityPolicyUrl: variables.SECURITY_POLICY_URL,
    model: toModel(variables),
    // At a developer's terminal a line for every request would bury the addresses.
    logLevel: variables.LOG_LEVEL ?? (mode === 'production' ? 'info' : 'warn'),
    ...demo,
    shutdownGraceMs: variables.SHUTDOWN_GRACE_SECONDS * 1000,
  };
}

const OPENAI_BASE_URL = 'https://api.openai.com/v1';

function toModel({ AI_BASE_URL, AI_API_KEY, AI_MODEL }: Variables): ModelConfig | undefined {
  if (AI_MODEL === undefined) return undefined;
  return { baseUrl: AI_BASE_URL ?? OPENAI_BASE_URL, apiKey: AI_API_KEY, name: AI_MODEL };
}
