import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Origin } from '../../shared/origin.ts';
import type { Config } from '../config.ts';
import type { HttpListener } from '../http-listener.ts';
import { SEED } from './seed.ts';

/** Somebody who can sign in to the demo's dashboard. */
export type DashboardAccount = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
};

export type DemoDashboard = { readonly origin: Origin; readonly accounts: readonly DashboardAccount[] };

/** What `examples/dashboard/create-dashboard.mjs` exports. It is written as a customer would, and knows nothing of us. */
type DashboardExample = {
  readonly ACCOUNTS: readonly DashboardAccount[];
  readonly createDashboard: (options: {
    readonly settingsUrl: string;
    readonly shopUrl: string | undefined;
    readonly widget: string;
    readonly company: string;
    readonly login: {
      readonly secret: string;
      readonly issuer: string | undefined;
      readonly audience: string | undefined;
      readonly companyClaim: string;
      readonly roleClaim: string;
    };
  }) => Promise<RequestListener>;
};

type DashboardParts = {
  readonly config: Pick<Config, 'demo' | 'demoDashboard' | 'settingsOrigin' | 'adminLogin'>;
  readonly repository: string;
  readonly listener: HttpListener;
  /** What the company's login signs with. */
  readonly loginSecret: string | undefined;
};

/** Opens the dashboard of the demo's company: the example that is in the repository, with the demo's widget in it. */
export async function startDashboard({
  config,
  repository,
  listener,
  loginSecret,
}: DashboardParts): Promise<DemoDashboard | undefined> {
  const { demo, demoDashboard, settingsOrigin, adminLogin } = config;
  const isComplete = settingsOrigin !== undefined && adminLogin !== undefined && loginSecret !== undefined;
  if (demoDashboard === undefined || !isComplete) return undefined;
  const { issuer, audience, companyClaim, roleClaim } = adminLogin;
  const { ACCOUNTS, createDashboard } = await importExample(repository);
  const dashboard = await createDashboard({
    settingsUrl: settingsOrigin,
    shopUrl: demo?.origin,
    widget: SEED.widgetSlug,
    company: SEED.companyId,
    login: { secret: loginSecret, issuer, audience, companyClaim, roleClaim },
  });
  listener.serve(dashboard);
  return { origin: demoDashboard.origin, accounts: ACCOUNTS };
}

/** It is not part of the server's bundle, so that what runs is what can be read and copied. */
async function importExample(repository: string): Promise<DashboardExample> {
  return import(pathToFileURL(join(repository, 'examples/dashboard/create-dashboard.mjs')).href);
}
