import type { IncomingHttpHeaders } from 'node:http';
import type { ModelConfig } from '../../server/config.ts';
import { parseOrigin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import { type Exchange, type HostileProxy, startHostileProxy } from '../support/hostile-proxy.ts';
import { type HostileSites, startHostileSites } from '../support/hostile-sites.ts';
import { type Casement, type StartOptions, startCasement } from '../support/start-casement.ts';

/** Allowlisted too, for cases that need no browser: a site on the web, and one with an address for a name. */
export const REMOTE_SITE = 'https://shop.example';
export const LOOPBACK_SITE = 'http://127.0.0.1:4499';

/** A deployment with two widgets, the sites around it, and a view of all requests it gets. */
export type IsolationStage = {
  readonly casement: Casement;
  /** `shop` and `shop2` may embed the widget of `keys.shop`; every other site may not. */
  readonly sites: HostileSites;
  readonly proxy: HostileProxy;
  readonly widgetOrigin: string;
  readonly keys: {
    readonly shop: PublicKey;
    /** Of another company, which lists `shop` as well. */
    readonly rival: PublicKey;
  };
  /** The URL of the frame, claimed for `site`, with a nonce that a host page may use. */
  frameUrl(site: string, key?: PublicKey): string;
  /** Requests the server got for the frame's document, in order. */
  documents(): readonly Exchange[];
  /** Sessions that were ever opened. */
  countSessions(): Promise<number>;
  forgetSessions(): Promise<void>;
  /** For the proxy: the request of whoever it is seems to come from an iframe of the shop. */
  honestLooking(headers: IncomingHttpHeaders): IncomingHttpHeaders;
  stop(): Promise<void>;
};

/** What the server signs with, for tests that sign as it would. */
export const SESSION_SECRET = 'the secret of the server under attack';

export const HOST_NONCE = '00112233445566778899aabbccddeeff';

export type StageOptions = Pick<StartOptions, 'assets'> & {
  /** Who writes the replies; the widget's own articles if not given. */
  readonly model?: ModelConfig;
};

/** Starts the server, on the build in `dist/` unless told otherwise, behind the recording proxy. */
export async function startIsolationStage({ assets = 'built', model }: StageOptions = {}): Promise<IsolationStage> {
  const sites = await startHostileSites();
  const proxy = await startHostileProxy();
  const widgetOrigin = parseOrigin(proxy.widgetOrigin);
  if (widgetOrigin === undefined) throw new TypeError(`"${proxy.widgetOrigin}" is not an origin`);
  const config = {
    widgetOrigin,
    assetBaseUrl: widgetOrigin,
    sessionSecret: SESSION_SECRET,
    securityContact: 'mailto:security@casement.example',
    ...(model && { model }),
  };
  const casement = await startCasement({ assets, config });
  proxy.forwardTo(casement.port);
  const shops = [sites.origin('shop'), sites.origin('shop2')];
  const shop = await casement.createWidget({ allowlist: [...shops, REMOTE_SITE, LOOPBACK_SITE] });
  const sessions = casement.store.collection('widget_sessions');
  const rival = await casement.createWidget({ allowlist: [sites.origin('shop')] });

  return {
    casement,
    sites,
    proxy,
    widgetOrigin,
    keys: { shop: shop.publicKey, rival: rival.publicKey },
    frameUrl(site, key = shop.publicKey) {
      return `${widgetOrigin}/frame/${key}?o=${encodeURIComponent(sites.origin(site))}#${HOST_NONCE}`;
    },
    documents: () => proxy.exchanges().filter(({ path }) => path.startsWith('/frame/')),
    countSessions: () => sessions.countDocuments(),
    async forgetSessions() {
      await sessions.deleteMany({});
    },
    honestLooking: (headers) => ({ ...headers, referer: `${sites.origin('shop')}/`, 'sec-fetch-dest': 'iframe' }),
    async stop() {
      await proxy.stop();
      await sites.stop();
      await casement.stop();
    },
  };
}
