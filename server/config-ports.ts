import { type Origin, parseOrigin } from '../shared/origin.ts';
import type { Config } from './config.ts';

/**
 * Port 0 takes a free port. The origins that were written with it follow the ports that were taken, so that a server
 * without a fixed port still knows its own address.
 */
export function followPorts(config: Config, taken: { readonly port: number; readonly demoPort: number }): Config {
  const { demo } = config;
  return {
    ...config,
    port: taken.port,
    widgetOrigin: followPort(config.widgetOrigin, taken.port),
    settingsOrigin: config.settingsOrigin && followPort(config.settingsOrigin, taken.port),
    assetBaseUrl:
      config.assetBaseUrl === config.widgetOrigin ? followPort(config.widgetOrigin, taken.port) : config.assetBaseUrl,
    demo: demo && { origin: followPort(demo.origin, taken.demoPort), port: taken.demoPort },
  };
}

function followPort(origin: Origin, port: number): Origin {
  return parseOrigin(origin.replace(/:0$/, `:${port}`)) ?? origin;
}
