import * as v from 'valibot';

/** A key that secrets in the store are encrypted with; the version is written beside each of them. */
export type SecretsKey = { readonly version: number; readonly secret: string };

const ENTRY_SHAPE = /^v([1-9]\d{0,4}):(.*)$/;
const LEAST_BYTES = 32;

/**
 * `SECRETS_KEY`: one secret, which is version 1, or several as `v2:<secret>,v1:<secret>`. The first one encrypts, all of
 * them decrypt, so that a new one can be put in front of the old.
 */
export const secretsKeyVariable = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map(parseEntry)),
  v.check((keys) => keys.every(hasVersion) || keys.length === 1, 'must give each of several keys a version'),
  v.transform((keys): readonly SecretsKey[] => keys.map(({ version = 1, secret }) => ({ version, secret }))),
  v.check((keys) => new Set(keys.map(({ version }) => version)).size === keys.length, 'must give each version once'),
  v.check(
    (keys) => keys.every(({ secret }) => Buffer.byteLength(secret) >= LEAST_BYTES),
    `must have ${LEAST_BYTES} bytes or more for each key`,
  ),
);

type Entry = { readonly version?: number; readonly secret: string };

function parseEntry(text: string): Entry {
  const [, version, secret] = ENTRY_SHAPE.exec(text.trim()) ?? [];
  return secret === undefined ? { secret: text.trim() } : { version: Number(version), secret };
}

function hasVersion({ version }: Entry): boolean {
  return version !== undefined;
}
