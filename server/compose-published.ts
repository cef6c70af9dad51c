import type { Config } from './config.ts';
import type { Clock } from './gateways/clock.ts';
import type { BuildManifest } from './http/build-manifest.ts';
import type { Route } from './http/guarded-router.ts';
import { createWellKnownRoutes } from './http/routes/well-known.ts';

type Parts = {
  readonly config: Config;
  readonly manifest: BuildManifest;
  readonly clock: Clock;
  /** All routes there are. */
  readonly listRoutes: () => readonly Route[];
};

/** The routes that publish what the server does. */
export function composePublished({ config, manifest, clock, listRoutes }: Parts): readonly Route[] {
  const { widgetOrigin, settingsOrigin, adminLogin, securityContact } = config;
  const origins = [...new Set(settingsOrigin === undefined ? [widgetOrigin] : [widgetOrigin, settingsOrigin])];
  return createWellKnownRoutes({
    installation: {
      ...config,
      adminMaxAgeSeconds: adminLogin?.maxAgeSeconds,
      build: manifest.build,
      connections: {
        hasModel: config.model !== undefined,
        hasRedis: config.redisUrl !== undefined,
        hasLoginKeys: adminLogin?.key.kind === 'jwks',
      },
    },
    listRoutes,
    security:
      securityContact === undefined
        ? undefined
        : { contact: securityContact, policyUrl: config.securityPolicyUrl, origins },
    now: () => clock.now(),
  });
}
