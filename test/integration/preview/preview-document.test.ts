import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { readBoot } from '../../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const DASHBOARD = 'https://dashboard.example';

let casement: Casement;
beforeAll(async () => {
  const dashboardOrigins = [DASHBOARD].flatMap((text) => parseOrigin(text) ?? []);
  casement = await startCasement({ config: { dashboardOrigins } });
});
afterAll(() => casement.stop());

type Asked = { method?: string; path?: string; host?: string; headers?: Record<string, string | undefined> };

/** Asks as a browser does for the iframe of the settings view; `undefined` leaves a header out. */
function ask({ method = 'GET', path = pathFor(DASHBOARD), host, headers = {} }: Asked = {}): Promise<RawAnswer> {
  const sent = {
    host: host ?? casement.host,
    referer: `${casement.settingsOrigin}/`,
    'sec-fetch-dest': 'iframe',
    'sec-fetch-mode': 'navigate',
    ...headers,
  };
  const given = Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return rawRequest({ port: casement.port, method, path, headers: Object.fromEntries(given) });
}

const pathFor = (origin: string, widget = 'main') => `/preview/${widget}?o=${encodeURIComponent(origin)}`;

describe('the document of a preview', () => {
  test('names the settings view and the dashboard around it in its policy, and nobody else', async () => {
    const { status, headers } = await ask();
    expect(status).toBe(200);
    const [ancestors, content] = String(headers['content-security-policy']).split(', ');
    expect(ancestors).toBe(
      `frame-ancestors ${casement.settingsOrigin} ${DASHBOARD}; report-uri /api/v1/widget/reports`,
    );
    expect(content).toContain("frame-src 'none'");
  });

  test('case 95: is kept by nobody, sets no cookie, and holds nothing of a widget', async () => {
    const [one, other] = await Promise.all([ask(), ask({ path: pathFor(DASHBOARD, 'no-such-widget') })]);
    expect(one.headers['cache-control']).toBe('no-store');
    expect(one.headers['set-cookie']).toBeUndefined();
    expect(other.body).toBe(one.body);
    expect(readBoot(one.body)).toMatchObject({
      ...{ key: '', ticket: '', preview: true, o: casement.settingsOrigin },
      configuration: { version: 0, texts: { greeting: DEFAULT_SETTINGS.locales.en?.greeting } },
    });
  });
});

describe('case 94: it is refused', () => {
  const DENIED: readonly [what: string, asked: (settings: string) => Asked][] = [
    ['without a claim', () => ({ path: '/preview/main' })],
    ['for a page that is no dashboard', () => ({ path: pathFor('https://shop.example') })],
    ['to the dashboard itself', () => ({ headers: { referer: `${DASHBOARD}/` } })],
    ['to a site that embeds the widget', () => ({ headers: { referer: 'https://shop.example/' } })],
    ['to evil', () => ({ headers: { referer: 'https://evil.example/' } })],
    ['to a page whose origin begins like the view’s', (view) => ({ headers: { referer: `${view}.evil.example/` } })],
    ['without a referrer', () => ({ headers: { referer: undefined } })],
    ['as a page of its own', () => ({ headers: { 'sec-fetch-dest': 'document' } })],
    ['without a destination', () => ({ headers: { 'sec-fetch-dest': undefined } })],
    ['as a prefetch', () => ({ headers: { 'sec-purpose': 'prefetch' } })],
    ['by a POST', () => ({ method: 'POST' })],
    ['with more than the claim', () => ({ path: `${pathFor(DASHBOARD)}&ticket=1` })],
    ['for a name no widget can have', () => ({ path: pathFor(DASHBOARD, 'A_B') })],
  ];

  test.each(DENIED)('%s, with the same bytes as every refused frame', async (_what, makeAsked) => {
    const answer = await ask(makeAsked(casement.settingsOrigin));
    const frame = await ask({ path: '/frame/PUB_x' });
    expect(frame.status).toBe(403);
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 403, body: frame.body });
    const comparable = ({ headers }: RawAnswer) => ({ ...headers, date: '', 'x-request-id': '' });
    expect(comparable(answer)).toEqual(comparable(frame));
  });

  test('on the settings origin, where there is no such document', async () => {
    expect(await ask({ host: new URL(casement.settingsOrigin).host })).toMatchObject({ status: 404 });
  });
});
