import type { IncomingHttpHeaders } from 'node:http';
import type { AdminLogin } from '../../server/config-admin.ts';
import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { ADMIN_SECRET, type Admin, signAdminToken } from '../support/admin-token.ts';
import { htmlPage } from '../support/hostile-pages.ts';
import { type Exchange, type HostileProxy, startHostileProxy } from '../support/hostile-proxy.ts';
import { type HostileSites, type SitePage, startHostileSites } from '../support/hostile-sites.ts';
import { type Casement, startCasement } from '../support/start-casement.ts';
import { HOST_NONCE } from './stage.ts';

/** A deployment with its settings origin behind the recording proxy, and the sites around it. */
export type SettingsStage = {
  readonly casement: Casement;
  /** `dashboard` is a listed dashboard, `shop` a site that may embed the chat; every other site is nobody. */
  readonly sites: HostileSites;
  readonly proxy: HostileProxy;
  readonly settingsOrigin: Origin;
  readonly company: string;
  readonly publicKey: string;
  /** A token for this company, of an owner unless told otherwise. */
  token(admin?: Partial<Admin>, claims?: Parameters<typeof signAdminToken>[1]): Promise<string>;
  /** The address of the view, claimed for a site, with a nonce that its host page may use. */
  viewUrl(site: string): string;
  /** A page of a dashboard that mounts the view with the token in `window.token`; `window.view` and `window.said`. */
  mountingPage(token: string | null): SitePage;
  /** Requests for the view's document, in order. */
  documents(): readonly Exchange[];
  /** For the proxy: whoever it is seems to be the dashboard. */
  honestLooking(headers: IncomingHttpHeaders): IncomingHttpHeaders;
  stop(): Promise<void>;
};

export async function startSettingsStage(): Promise<SettingsStage> {
  const sites = await startHostileSites();
  const proxy = await startHostileProxy();
  const settingsOrigin = requireOrigin(proxy.widgetOrigin.replace('widget', 'settings'));
  const dashboard = requireOrigin(sites.origin('dashboard'));
  const config = { settingsOrigin, dashboardOrigins: [dashboard], adminLogin: LOGIN };
  const casement = await startCasement({ assets: 'built', config });
  proxy.forwardTo(casement.port);
  const { widget, publicKey } = await casement.createWidget({ allowlist: [sites.origin('shop')] });

  return {
    casement,
    sites,
    proxy,
    settingsOrigin,
    company: widget.companyId,
    publicKey,
    token: (admin, claims) => signAdminToken({ company: widget.companyId, ...admin }, { aud: 'casement', ...claims }),
    viewUrl: (site) => `${settingsOrigin}/settings/main?o=${encodeURIComponent(sites.origin(site))}#${HOST_NONCE}`,
    mountingPage: (token) => htmlPage(mountingMarkup(settingsOrigin, token)),
    documents: () => proxy.exchanges().filter(({ path }) => path.startsWith('/settings/')),
    honestLooking: (headers) => ({ ...headers, referer: `${dashboard}/`, 'sec-fetch-dest': 'iframe' }),
    async stop() {
      await proxy.stop();
      await sites.stop();
      await casement.stop();
    },
  };
}

/** The login of a company that has tokens for other purposes, too. */
const LOGIN: AdminLogin = {
  key: { kind: 'secret', secret: ADMIN_SECRET },
  algorithm: 'HS256',
  issuer: undefined,
  audience: 'casement',
  maxAgeSeconds: 86_400,
  companyClaim: 'company_id',
  roleClaim: 'role',
};

function requireOrigin(text: string): Origin {
  const origin = parseOrigin(text);
  if (origin === undefined) throw new TypeError(`"${text}" is not an origin`);
  return origin;
}

function mountingMarkup(settingsOrigin: string, token: string | null): string {
  return `<div id="settings"></div><script src="${settingsOrigin}/settings.js"></script><script>
    window.token = ${JSON.stringify(token)};
    window.asked = 0;
    window.said = [];
    window.view = Casement.mountSettings(document.querySelector('#settings'), {
      widget: 'main',
      getToken: () => { window.asked++; return window.token; },
    });
    for (const name of ['saved', 'unsaved', 'error']) view.on(name, (detail) => said.push([name, detail]));
  </script>`;
}
