import { element, framingPage, htmlPage } from '../support/hostile-pages.ts';
import type { Blocking } from './expect-blocked.ts';
import type { IsolationStage } from './stage.ts';

/** A page that embeds what it must not. */
export type HostileEmbedder = {
  /** The case and what happens in it. */
  readonly what: string;
  /** Which wall it meets when its browser tells the server the truth. */
  readonly firstWall: Blocking;
  /** Makes the page and answers its URL. */
  readonly publish: (stage: IsolationStage) => string;
};

/** As the loader's iframe sends it: enough for an honest page, and never more than its origin. */
export const BARE_ORIGIN = { referrerpolicy: 'origin' };

const framed = (stage: IsolationStage, site: string, url: string, attributes: Record<string, string> = BARE_ORIGIN) =>
  stage.sites.publish(site, framingPage(url, { attributes }));
const shopFrame = (stage: IsolationStage) => stage.frameUrl('shop');
const framingHtml = (stage: IsolationStage) => framingPage(shopFrame(stage), { attributes: BARE_ORIGIN }).body ?? '';

const FILE = new URL('../support/hostile-file.html', import.meta.url).href;

/** All of them claim to be the shop, which is listed. */
export const HOSTILE_EMBEDDERS: readonly HostileEmbedder[] = [
  {
    what: 'case 3: evil frames the widget with the shop’s claim',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'evil', shopFrame(stage)),
  },
  {
    what: 'case 3: evil does so with its whole address as referrer',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'evil', shopFrame(stage), { referrerpolicy: 'unsafe-url' }),
  },
  {
    what: 'case 3: evil does so without a referrer',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'evil', shopFrame(stage), { referrerpolicy: 'no-referrer' }),
  },
  {
    what: 'case 4: evil frames the shop, which frames the widget',
    firstWall: 'not rendered by the browser',
    publish: (stage) => framed(stage, 'evil', framed(stage, 'shop', shopFrame(stage))),
  },
  {
    what: 'case 4: a listed site frames another listed site, which frames the widget',
    firstWall: 'not rendered by the browser',
    publish: (stage) => framed(stage, 'shop2', framed(stage, 'shop', shopFrame(stage))),
  },
  {
    what: 'case 6: evil reaches the widget through an open redirect of the shop',
    firstWall: 'refused by the server',
    publish: (stage) =>
      framed(stage, 'evil', stage.sites.publish('shop', { status: 302, headers: { location: shopFrame(stage) } })),
  },
  {
    what: 'case 7: the shop in a sandbox of its own policy frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) =>
      stage.sites.publish('shop', {
        ...framingPage(shopFrame(stage), { attributes: BARE_ORIGIN }),
        headers: { 'content-security-policy': 'sandbox allow-scripts' },
      }),
  },
  {
    what: 'case 7: the shop in a sandboxed iframe of the shop frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'shop', framed(stage, 'shop', shopFrame(stage)), { sandbox: 'allow-scripts' }),
  },
  {
    what: 'case 8: a data: document in evil frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'evil', `data:text/html,${encodeURIComponent(framingHtml(stage))}`),
  },
  {
    what: 'case 8: a blob: document in evil frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) => stage.sites.publish('evil', htmlPage(blobScript(framingHtml(stage)))),
  },
  {
    what: 'case 8: a srcdoc document in evil frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) => stage.sites.publish('evil', htmlPage(element('iframe', { srcdoc: framingHtml(stage) }))),
  },
  {
    what: 'case 8: a file frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) => `${FILE}#${encodeURIComponent(shopFrame(stage))}`,
  },
  {
    what: 'case 13: evil frames the widget of its own key, which lists the shop',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'evil', stage.frameUrl('shop', stage.keys.rival)),
  },
  {
    what: 'case 13: evil frames the shop with the widget of evil’s own key',
    firstWall: 'not rendered by the browser',
    publish: (stage) => framed(stage, 'evil', framed(stage, 'shop', stage.frameUrl('shop', stage.keys.rival))),
  },
  {
    what: 'case 17: a host page whose name is the shop’s with a dot at its end frames the widget',
    firstWall: 'refused by the server',
    publish: (stage) => framed(stage, 'shop', shopFrame(stage)).replace('shop.localhost', 'shop.localhost.'),
  },
];

function blobScript(html: string): string {
  return `<script>
    const frame = document.createElement('iframe');
    frame.src = URL.createObjectURL(new Blob([atob('${btoa(html)}')], { type: 'text/html' }));
    document.body.append(frame);
  </script>`;
}
