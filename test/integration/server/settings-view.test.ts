import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import type { SettingsBoot } from '../../../shared/settings-boot.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { STUB_FILES } from '../../support/stub-build.ts';

const DASHBOARD = 'https://dashboard.example';
const OTHER_DASHBOARD = 'https://office.example:8443';
const SANDBOX =
  'sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

let casement: Casement;
beforeAll(async () => {
  const dashboardOrigins = [DASHBOARD, OTHER_DASHBOARD].flatMap((text) => parseOrigin(text) ?? []);
  casement = await startCasement({ config: { dashboardOrigins } });
});
afterAll(() => casement.stop());

type Asked = { method?: string; path?: string; host?: string; headers?: Record<string, string | undefined> };

/** Asks as a browser does for the iframe of the dashboard; `undefined` leaves a header out. */
function ask({ method = 'GET', path = pathFor(DASHBOARD), host, headers = {} }: Asked = {}): Promise<RawAnswer> {
  const sent = {
    host: host ?? casement.settingsOrigin.replace('http://', ''),
    referer: `${DASHBOARD}/`,
    'sec-fetch-dest': 'iframe',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'cross-site',
    ...headers,
  };
  const given = Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return rawRequest({ port: casement.port, method, path, headers: Object.fromEntries(given) });
}

const pathFor = (origin: string, widget = 'main') => `/settings/${widget}?o=${encodeURIComponent(origin)}`;

function readBoot(html: string): SettingsBoot {
  const [, content = ''] = /<meta name="boot" content="([^"]*)">/.exec(html) ?? [];
  return JSON.parse(content.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

describe('the document of the settings view', () => {
  test('names the dashboard, and the preview as all it may frame, in its policies', async () => {
    const { status, headers } = await ask();
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(String(headers['content-security-policy']).split(', ')).toEqual([
      `frame-ancestors ${DASHBOARD}; report-uri /api/v1/widget/reports`,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        `frame-src ${casement.origin}; worker-src 'none'; object-src 'none'; media-src 'none'; manifest-src 'none'; ` +
        `base-uri 'none'; form-action 'none'; ${SANDBOX}; require-trusted-types-for 'script'; trusted-types 'none'; ` +
        'report-uri /api/v1/widget/reports',
    ]);
  });

  test('is for the dashboard that claims it, of several', async () => {
    const headers = { referer: `${OTHER_DASHBOARD}/` };
    const answer = await ask({ path: pathFor(OTHER_DASHBOARD), headers });
    expect(answer.headers['content-security-policy']).toContain(`frame-ancestors ${OTHER_DASHBOARD};`);
    expect(answer.body).not.toContain(DASHBOARD);
  });

  test('has its code from the settings origin, each byte with its integrity', async () => {
    const { body } = await ask();
    const boot = readBoot(body);
    expect(boot).toEqual({
      o: DASHBOARD,
      widget: 'main',
      widgetOrigin: casement.origin,
      build: 'stub',
      lazyChunks: [],
    });
    const tags = body.match(/<(script|link)\b[^>]*>/g) ?? [];
    expect(tags).toHaveLength(2);
    for (const tag of tags) expect(tag).toMatch(/ integrity="sha384-[\w+/]{64}" crossorigin>$/);
    for (const tag of tags) expect(tag).toContain(`="${casement.settingsOrigin}/assets/settings-`);
  });

  test('says nothing of a widget: it is the same for a name that no company has', async () => {
    const [one, other] = await Promise.all([ask(), ask({ path: pathFor(DASHBOARD, 'no-such-widget') })]);
    expect(other.status).toBe(200);
    expect(other.body.replace('no-such-widget', 'main')).toBe(one.body);
  });

  test('sets no cookie and has no CORS header', async () => {
    const { headers } = await ask({ headers: { origin: DASHBOARD } });
    expect(headers['set-cookie']).toBeUndefined();
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('is refused', () => {
  const DENIED: readonly [what: string, asked: Asked][] = [
    ['without a claim', { path: '/settings/main' }],
    [
      'to a site that is no dashboard',
      { path: pathFor('https://evil.example'), headers: { referer: 'https://evil.example/' } },
    ],
    ['to a page that is not the one it claims to be', { headers: { referer: 'https://evil.example/' } }],
    ['to a page below the dashboard', { headers: { referer: 'https://x.dashboard.example/' } }],
    ['to a page whose origin only begins like it', { headers: { referer: `${DASHBOARD}.evil.example/` } }],
    ['without a referrer', { headers: { referer: undefined } }],
    ['as a page of its own', { headers: { 'sec-fetch-dest': 'document' } }],
    ['as an object', { headers: { 'sec-fetch-dest': 'object' } }],
    ['without a destination', { headers: { 'sec-fetch-dest': undefined } }],
    ['as a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['by a POST', { method: 'POST' }],
    ['by a HEAD', { method: 'HEAD' }],
    ['with two claims', { path: `${pathFor(DASHBOARD)}&o=${encodeURIComponent(OTHER_DASHBOARD)}` }],
    ['with more than the claim', { path: `${pathFor(DASHBOARD)}&l=en` }],
    ['with the claim in capitals', { path: pathFor(DASHBOARD.toUpperCase()) }],
    ['with the usual port in the claim', { path: pathFor(`${DASHBOARD}:443`) }],
    ['for a name no widget can have', { path: pathFor(DASHBOARD, '%2e%2e') }],
  ];

  test.each(DENIED)('case 83: %s, with the same bytes as every refused frame', async (_what, asked) => {
    const answer = await ask(asked);
    const frame = await ask({ path: '/frame/PUB_x', host: casement.host });
    const isHead = asked.method === 'HEAD';
    expect(frame.status).toBe(403);
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 403, body: isHead ? '' : frame.body });
    const comparable = ({ headers }: RawAnswer) => ({ ...headers, date: '', 'x-request-id': '' });
    expect(comparable(answer)).toEqual(comparable(frame));
  });

  test('on the widget origin, where there is no such document', async () => {
    expect(await ask({ host: casement.host })).toMatchObject({ status: 404 });
  });
});

describe('the loader of the settings view', () => {
  test('has a name that lasts and one that never changes its bytes', async () => {
    const lasting = await ask({ path: '/settings.js' });
    expect(lasting).toMatchObject({ status: 200, body: STUB_FILES['settings-loader-FFFFFFFF.js'] });
    expect(lasting.headers['cache-control']).toBe('public, max-age=300');
    const pinned = await ask({ path: '/settings-loader/FFFFFFFF.js' });
    expect(pinned).toMatchObject({ status: 200, body: lasting.body });
    expect(pinned.headers['cache-control']).toContain('immutable');
    expect(await ask({ path: '/settings-loader/frame-BBBBBBBB.js' })).toMatchObject({ status: 404 });
  });
});

describe('what an admin has to know to put the widget on a page', () => {
  test('is told to everybody who may read settings', async () => {
    const { status, json } = await askAdmin(casement, { company: 'a', role: 'viewer' }, { path: '/installation' });
    expect(status).toBe(200);
    expect(json).toEqual({
      loaderUrl: `${casement.origin}/loader.js`,
      pinnedLoaderUrl: `${casement.origin}/loader/AAAAAAAA.js`,
      integrity: expect.stringMatching(/^sha384-/),
      widgetOrigin: casement.origin,
      model: null,
      messageMaxCharacters: 4_000,
    });
    const pinned = await ask({ path: new URL(json.pinnedLoaderUrl).pathname, host: casement.host });
    expect(pinned).toMatchObject({ status: 200, body: STUB_FILES['loader-AAAAAAAA.js'] });
  });

  test('is not told to a service', async () => {
    const { json } = await askAdmin(casement, { company: 'a', role: 'service' }, { path: '/installation' });
    expect(json.error.code).toBe('PERMISSION_DENIED');
  });
});
