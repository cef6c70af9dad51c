import { type Origin, parseOrigin } from '../shared/origin.ts';
import type { Config } from './config.ts';
import type { DemoSite } from './config-demo.ts';

type TakenPorts = { readonly port: number; readonly demoPort: number; readonly dashboardPort: number };

/**
 * Port 0 takes a free port. The origins that were written with it follow the ports that were taken, so that a server
 * without a fixed port still knows its own address.
 */
export function followPorts(config: Config, taken: TakenPorts): Config {
  const { demo, demoDashboard } = config;
  const dashboard = demoDashboard && followSite(demoDashboard, taken.dashboardPort);
  return {
    ...config,
    port: taken.port,
    widgetOrigin: followPort(config.widgetOrigin, taken.port),
    settingsOrigin: config.settingsOrigin && followPort(config.settingsOrigin, taken.port),
    dashboardOrigins: config.dashboardOrigins.map((origin) =>
      dashboard !== undefined && origin === demoDashboard?.origin ? dashboard.origin : origin,
    ),
    assetBaseUrl:
      config.assetBaseUrl === config.widgetOrigin ? followPort(config.widgetOrigin, taken.port) : config.assetBaseUrl,
    demo: demo && followSite(demo, taken.demoPort),
    demoDashboard: dashboard,
  };
}

function followSite({ origin }: DemoSite, port: number): DemoSite {
  return { origin: followPort(origin, port), port };
}

function followPort(origin: Origin, port: number): Origin {
  return parseOrigin(origin.replace(/:0$/, `:${port}`)) ?? origin;
}
