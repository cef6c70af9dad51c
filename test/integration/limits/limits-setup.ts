import type { LimitTable } from '../../../server/domain/limit-table.ts';
import { createPublicKey } from '../../../shared/public-key.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { ROOMY_LIMITS } from '../../support/roomy-limits.ts';
import type { Casement } from '../../support/start-casement.ts';

export const SHOP = 'https://shop.example';

export const perMinute = (most: number) => ({ most, seconds: 60 });

/** Room for everything but what a test is about. */
export function limitsOf(over: Partial<LimitTable>): LimitTable {
  return { ...ROOMY_LIMITS, ...over };
}

/** A key that nobody has, with a checksum that is right. */
export function unknownKey(): string {
  const characters = Array.from({ length: 22 }, () => 'abcdefghijklmnopqrstuvwxyz'.charAt(Math.random() * 26));
  return createPublicKey(characters.join(''));
}

/** Asks for the configuration as a page of the shop does. */
export function askConfig(
  { port, host }: Pick<Casement, 'port' | 'host'>,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  return rawRequest({ port, path: `/api/v1/widget/config?key=${key}`, headers: { host, origin: SHOP, ...headers } });
}

export function codeOf({ body }: RawAnswer): string {
  return /"code":"(\w+)"/.exec(body)?.[1] ?? '';
}
