import type { Config } from './config.ts';
import { keepDevelopmentSecret } from './config-secret.ts';
import type { SecretsKey } from './config-secrets-key.ts';

/** What the server signs and encrypts with. */
export type Secrets = {
  /** Tickets and sessions are signed with keys that follow from it. */
  readonly session: string;
  /** Secrets in the store are encrypted with the first. */
  readonly secretsKeys: readonly SecretsKey[];
  /** What the company's login signs with; `undefined` if it signs with a private key, or if there is no login. */
  readonly adminLogin: string | undefined;
};

/**
 * The secrets of the configuration; outside production those that are not given are made once and kept. `madeAt` has the
 * files that were made now. Rejects with a StartError if one cannot be used.
 */
export async function findSecrets({
  sessionSecret,
  secretsKeys,
  adminLogin,
  dataDirectory,
}: Pick<Config, 'sessionSecret' | 'secretsKeys' | 'adminLogin' | 'dataDirectory'>): Promise<
  Secrets & { readonly madeAt: readonly string[] }
> {
  const madeAt: string[] = [];
  async function keep(name: string): Promise<string> {
    const kept = await keepDevelopmentSecret(dataDirectory, name);
    if (kept.madeAt !== undefined) madeAt.push(kept.madeAt);
    return kept.secret;
  }
  async function findLoginSecret(): Promise<string | undefined> {
    if (adminLogin?.key.kind === 'secret') return adminLogin.key.secret;
    return adminLogin?.key.kind === 'development-secret' ? await keep('jwt-secret') : undefined;
  }
  return {
    session: sessionSecret ?? (await keep('session-secret')),
    secretsKeys: secretsKeys ?? [{ version: 1, secret: await keep('secrets-key') }],
    adminLogin: await findLoginSecret(),
    madeAt,
  };
}
