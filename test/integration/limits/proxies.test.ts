import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { askConfig, limitsOf, perMinute, unknownKey } from './limits-setup.ts';

/** The addresses in `X-Forwarded-For`, left to right; what our own proxies add is at the right. */
type Chain = readonly string[];

const LIMITS = limitsOf({ config: { address: perMinute(1) } });

describe.each([0, 1, 2])('behind %i proxies', (trustProxyHops) => {
  let casement: Casement;
  beforeAll(async () => {
    casement = await startCasement({ config: { trustProxyHops }, limits: LIMITS });
  });
  afterAll(() => casement.stop());

  /** Whether a request with this chain is the first from its address. */
  async function isNew(chain: Chain): Promise<boolean> {
    const headers = chain.length === 0 ? undefined : { 'x-forwarded-for': chain.join(', ') };
    const { status } = await askConfig(casement, unknownKey(), headers);
    expect([403, 429]).toContain(status);
    return status === 403;
  }

  /** Which address counts for a chain; 127.0.0.1 is who is connected. */
  function addressOf(chain: Chain): string {
    return chain.slice(-trustProxyHops)[0] !== undefined && trustProxyHops > 0
      ? (chain.slice(-trustProxyHops)[0] ?? '')
      : '127.0.0.1';
  }

  test('case 66: the address is the one that many from the right, whatever stands left of it', async () => {
    const seen = new Set<string>();
    for (let length = 0; length <= 5; length++) {
      for (const forged of ['198.51.100.1', '198.51.100.2']) {
        const own = Array.from({ length }, (_, index) => `203.0.113.${10 * length + index}`);
        const chain = length === 0 ? [] : [forged, ...own.slice(1)];
        const address = addressOf(chain);
        expect([chain, await isNew(chain)]).toEqual([chain, !seen.has(address)]);
        seen.add(address);
      }
    }
  });

  test('case 66: an IPv6 network is one address, however it is written', async () => {
    const chains = ['2001:db8:7::1', '2001:db8:7:0:ffff::2', '[2001:DB8:7::3]:4711'].map((address) => [
      address,
      ...Array.from({ length: Math.max(0, trustProxyHops - 1) }, () => '10.0.0.1'),
    ]);
    const results: boolean[] = [];
    for (const chain of chains) results.push(await isNew(chain));
    expect(results).toEqual([trustProxyHops > 0, false, false]);
    const other = ['2001:db8:7:1::1', ...(chains[0]?.slice(1) ?? [])];
    expect(await isNew(other)).toBe(trustProxyHops > 0);
  });

  test('case 66: what is no address counts as whoever is connected', async () => {
    const behind = Array.from({ length: Math.max(0, trustProxyHops - 1) }, () => '10.0.0.1');
    await isNew([]);
    for (const word of ['unknown', '_secret', '1.2.3', 'x'.repeat(2_000)])
      expect(await isNew([word, ...behind])).toBe(false);
  });
});
