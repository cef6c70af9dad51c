import type { Config } from './config.ts';
import { type AdminLogin, createAdminLogin } from './domain/admin-login.ts';
import type { Clock } from './gateways/clock.ts';
import { createLoginKeys } from './gateways/login-keys.ts';
import { createAdminGuard } from './http/admin-guard.ts';
import type { Guards } from './http/guarded-router.ts';
import type { Secrets } from './start-secrets.ts';

type Parts = {
  readonly config: Pick<Config, 'adminLogin' | 'settingsOrigin' | 'dashboardOrigins' | 'mode'>;
  readonly secrets: Pick<Secrets, 'adminLogin'>;
  readonly clock: Clock;
};

/** What proves an admin: the company's login, and the guard of the routes that need it. */
export function composeAdmin({ config, secrets, clock }: Parts): {
  readonly adminLogin: AdminLogin | undefined;
  readonly admin: Guards['admin'];
} {
  const adminLogin = composeLogin(config, secrets.adminLogin, clock);
  const { settingsOrigin, dashboardOrigins } = config;
  const adminPages = settingsOrigin === undefined ? dashboardOrigins : [settingsOrigin, ...dashboardOrigins];
  return { adminLogin, admin: createAdminGuard({ adminPages, adminLogin }) };
}

function composeLogin(
  { adminLogin, mode }: Parts['config'],
  secret: string | undefined,
  clock: Clock,
): AdminLogin | undefined {
  if (adminLogin === undefined) return undefined;
  const { key: source, ...rules } = adminLogin;
  if (source.kind === 'jwks') {
    const key = createLoginKeys({ url: source.url, allowsLoopback: mode !== 'production' });
    return createAdminLogin({ rules, key, clock });
  }
  return secret === undefined ? undefined : createAdminLogin({ rules, key: new TextEncoder().encode(secret), clock });
}
