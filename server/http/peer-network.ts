import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import type { RequestContext } from './request-state.ts';

const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const WITH_PORT = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/;
const GROUPS = 8;

/**
 * What one household or company usually has for itself: an IPv4 address, or the /64 of an IPv6 address (RFC 6177, 2). It
 * is the peer's address, or the one that the outermost of our proxies saw (`TRUST_PROXY_HOPS`).
 */
export function peerNetwork(ctx: RequestContext): string {
  return networkOfRequest(ctx.req, ctx.app.proxy ? ctx.app.maxIpsCount : 0);
}

/** The same, by the number of proxies that are ours. What stands further left in `X-Forwarded-For` is hearsay. */
export function networkOfRequest({ headers, socket }: IncomingMessage, trustProxyHops: number): string {
  const written = trustProxyHops > 0 ? String(headers['x-forwarded-for'] ?? '') : '';
  const [seen = ''] = written.split(',').slice(-trustProxyHops);
  return networkOf(seen.trim()) ?? networkOf(socket.remoteAddress ?? '') ?? 'unknown';
}

/** The network of an address as proxies write it, with or without a port; `undefined` if it is no address. */
export function networkOf(written: string): string | undefined {
  const [, v6, v4] = WITH_PORT.exec(written) ?? [];
  const [address = ''] = (v6 ?? v4 ?? written).split('%', 1);
  const [, inner = address] = V4_IN_V6.exec(address) ?? [];
  if (isIPv4(inner)) return inner;
  return isIP(address) === 6 ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : undefined;
}

/** The eight groups of an IPv6 address (RFC 4291, 2.2), without leading zeros. */
function groupsOf(address: string): readonly string[] {
  const [before = '', after] = address.split('::').map((half) => half.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0'));
  const [first, last] = [before, after ?? ''].map((half) => half.split(':').filter((group) => group !== ''));
  const missing = after === undefined ? 0 : GROUPS - (first?.length ?? 0) - (last?.length ?? 0);
  const groups = [...(first ?? []), ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...(last ?? [])];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
