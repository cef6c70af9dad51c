import { isLoopback, type Origin } from '../shared/origin.ts';
import type { Config } from './config.ts';
import { localOrigin, portOf } from './config-origin.ts';
import { exampleOf, type Variables } from './config-variables.ts';

/** A site that is only there to try Casement with. */
export type DemoSite = { readonly origin: Origin; readonly port: number };

export type DemoConfig = Pick<Config, 'demo' | 'demoDashboard'>;

/** The demo shop and its company's dashboard, as far as they are wanted. Neither is in production. */
export function toDemoConfig(variables: Variables): DemoConfig {
  const { NODE_ENV, DEMO, DEMO_URL, DEMO_PORT } = variables;
  if (DEMO === 'off' || NODE_ENV === 'production') return { demo: undefined, demoDashboard: undefined };
  const dashboard = toSite('dashboard', 4402, variables.DEMO_DASHBOARD_URL, variables.DEMO_DASHBOARD_PORT);
  return {
    demo: toSite('shop', 4401, DEMO_URL, DEMO_PORT),
    demoDashboard: isDashboardWanted(variables, dashboard) ? dashboard : undefined,
  };
}

/** Whoever has a dashboard or a login of their own is not in need of an example. */
function isDashboardWanted(variables: Variables, { origin }: DemoSite): boolean {
  const { DEMO_DASHBOARD, DASHBOARD_ORIGINS, JWT_JWKS_URL } = variables;
  const isUsable = (DASHBOARD_ORIGINS?.includes(origin) ?? true) && JWT_JWKS_URL === undefined;
  return DEMO_DASHBOARD === undefined ? isUsable : DEMO_DASHBOARD === 'on';
}

function toSite(name: string, usualPort: number, url: Origin | undefined, port: number | undefined): DemoSite {
  const origin = url ?? localOrigin(name, port ?? usualPort);
  return { origin, port: port ?? portOf(origin) };
}

/** One line for each thing about the demo that is wrong although every variable by itself is right. */
export function findDemoProblems(variables: Variables, config: Config): readonly string[] {
  const { demo, demoDashboard, dashboardOrigins } = config;
  const problems: string[] = [];
  if (demo !== undefined) problems.push(...findSiteProblems(demo, 'DEMO_URL', 'DEMO_PORT', config));
  if (demoDashboard === undefined) return problems;
  problems.push(...findSiteProblems(demoDashboard, 'DEMO_DASHBOARD_URL', 'DEMO_DASHBOARD_PORT', config));
  const name = 'DEMO_DASHBOARD is "on"';
  if (!dashboardOrigins.includes(demoDashboard.origin)) {
    problems.push(`${name}: DASHBOARD_ORIGINS has to list ${demoDashboard.origin}`);
  }
  if (variables.JWT_JWKS_URL !== undefined) {
    problems.push(`${name}: it signs in with JWT_SECRET, so leave JWT_JWKS_URL out, or set DEMO_DASHBOARD=off`);
  }
  return problems;
}

function findSiteProblems(
  site: DemoSite,
  urlName: 'DEMO_URL' | 'DEMO_DASHBOARD_URL',
  portName: 'DEMO_PORT' | 'DEMO_DASHBOARD_PORT',
  { widgetOrigin, settingsOrigin, port, demo }: Config,
): readonly string[] {
  const url = `${urlName} is "${site.origin}"`;
  if (site.origin === widgetOrigin || site.origin === settingsOrigin) {
    return [`${url}: it must be another origin than the widget's and the settings', such as ${exampleOf(urlName)}`];
  }
  if (site.origin.startsWith('http:') && !isLoopback(site.origin)) {
    return [`${url}: it must be https or a loopback name, such as ${exampleOf(urlName)}`];
  }
  const isTaken = site.port === port || (site !== demo && site.port === demo?.port);
  if (isTaken && site.port !== 0) {
    return [`${portName} is "${site.port}": it must be another port than PORT, such as ${exampleOf(portName)}`];
  }
  return [];
}
