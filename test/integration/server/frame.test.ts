import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPublicKey } from '../../../shared/public-key.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { askFrame, readBoot, type Site } from '../../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const SANDBOX = 'sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';

let casement: Casement;
let site: Site;
let revoked: string;

beforeAll(async () => {
  casement = await startCasement();
  const texts = { ...DEFAULT_SETTINGS.locales.en, name: '"><script>alert(1)</script>&amp;' };
  const { publicKey } = await casement.createWidget({
    allowlist: [SHOP, 'https://*.example.org', casement.origin],
    settings: { defaultLocale: 'ar', locales: { ar: texts } },
  });
  site = { publicKey, origin: SHOP };
  const old = await casement.createWidget({ allowlist: [SHOP] });
  await casement.saveWidget({ ...old.widget, keys: [{ publicKey: old.publicKey, state: 'revoked' }] });
  revoked = old.publicKey;
});
afterAll(() => casement.stop());

describe('the frame document', () => {
  test('has exactly the headers of its policy, naming the claimed origin and no other', async () => {
    const { status, headers } = await askFrame(casement, site);
    const { date: _date, 'x-request-id': _id, 'content-length': _length, connection: _connection, ...fixed } = headers;
    expect(status).toBe(200);
    expect(fixed).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // Node joins the two headers; the next test sees them apart.
      'content-security-policy': expect.any(String),
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'origin-agent-cluster': '?1',
      'permissions-policy':
        'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), midi=()',
      'integrity-policy': 'blocked-destinations=(script)',
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    });
  });

  test('says who may show it in a header of its own', async () => {
    const { headers } = await askFrame(casement, site);
    expect(String(headers['content-security-policy']).split(', ')).toEqual([
      `frame-ancestors ${SHOP}; report-uri /api/v1/widget/reports`,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "frame-src 'none'; worker-src 'none'; object-src 'none'; media-src 'none'; manifest-src 'none'; base-uri 'none'; " +
        `form-action 'none'; ${SANDBOX}; require-trusted-types-for 'script'; trusted-types 'none'; ` +
        'report-uri /api/v1/widget/reports',
    ]);
  });

  test('names the claimed origin even where a wildcard admits it', async () => {
    const { headers } = await askFrame(casement, { ...site, origin: 'https://eu.shop.example.org' });
    expect(headers['content-security-policy']).toMatch(/^frame-ancestors https:\/\/eu\.shop\.example\.org;/);
    expect(headers['content-security-policy']).not.toContain('*');
  });

  test('carries the boot data, and every byte of code with its integrity', async () => {
    const { body } = await askFrame(casement, site);
    const boot = readBoot(body);
    expect(boot).toMatchObject({ key: site.publicKey, o: SHOP, build: 'stub', configuration: { locale: 'ar' } });
    expect(boot.ticket.split('.')).toHaveLength(3);
    expect(boot.lazyChunks).toEqual([
      { url: `${casement.origin}/assets/chunk-EEEEEEEE.js`, integrity: expect.stringMatching(/^sha384-/) },
    ]);
    for (const tag of body.match(/<(script|link)\b[^>]*>/g) ?? []) {
      expect(tag).toMatch(/ integrity="sha384-[\w+/]{64}" crossorigin>$/);
    }
    expect(body.match(/<script\b/g)).toHaveLength(1);
    expect(body).toContain('<html lang="ar" dir="rtl">');
  });

  test('shows the words of the settings as text', async () => {
    const { body } = await askFrame(casement, site);
    expect(body).toContain('<title>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</title>');
  });

  test('leaves nothing behind: no cookie, no document in the store', async () => {
    const answer = await askFrame(casement, site);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const counts = ['widget_sessions', 'widget_visitors'].map((name) =>
      casement.store.collection(name).countDocuments(),
    );
    expect(await Promise.all(counts)).toEqual([0, 0]);
  });
});

describe('a refusal', () => {
  const HONEST = { referer: `${SHOP}/`, 'sec-fetch-dest': 'iframe' };
  type Claim = { key?: string; query?: string; headers?: Record<string, string>; method?: string; body?: string };

  function claim({ key = site.publicKey, query = `o=${SHOP}`, headers = HONEST, ...rest }: Claim): Promise<RawAnswer> {
    const { port, host } = casement;
    return rawRequest({ port, path: `/frame/${key}?${query}`, headers: { host, ...headers }, ...rest });
  }

  const nobody = () => claim({ key: createPublicKey('x'.repeat(22)) });

  test('has exactly the headers of the closed page', async () => {
    const { date: _date, connection: _connection, ...headers } = (await nobody()).headers;
    expect(headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-length': expect.any(String),
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  });

  test('does not happen to an honest claim, so that the refusals below mean something', async () => {
    expect((await claim({})).status).toBe(200);
    expect((await claim({ query: `o=${encodeURIComponent(SHOP)}` })).status).toBe(200);
  });

  const withReferer = (referer: string) => ({ ...HONEST, referer });

  test.each<[string, () => Claim]>([
    ['a revoked key', () => ({ key: revoked })],
    ['a malformed key', () => ({ key: 'PUB_abc' })],
    [
      'a key with a wrong checksum',
      () => ({ key: `${site.publicKey.slice(0, -1)}${site.publicKey.endsWith('0') ? '1' : '0'}` }),
    ],
    ['a key that is escaped wrongly', () => ({ key: '%E0%A4%A' })],
    ['another site', () => ({ query: 'o=https://evil.example', headers: withReferer('https://evil.example/') })],
    [
      'the widget origin itself, although it is on the allowlist',
      () => ({ query: `o=${casement.origin}`, headers: withReferer(`${casement.origin}/`) }),
    ],
    ['no referrer', () => ({ headers: { 'sec-fetch-dest': 'iframe' } })],
    ['the referrer of another site', () => ({ headers: withReferer('https://evil.example/') })],
    ['a referrer that begins like the site', () => ({ headers: withReferer('https://shop.example.evil.example/') })],
    ['a referrer with a user', () => ({ headers: withReferer('https://shop.example@evil.example/') })],
    ['case 17: a referrer with a trailing dot', () => ({ headers: withReferer('https://shop.example./') })],
    [
      'case 17: a trailing dot',
      () => ({ query: 'o=https://shop.example.', headers: withReferer('https://shop.example./') }),
    ],
    ['a navigation of the tab', () => ({ headers: { ...HONEST, 'sec-fetch-dest': 'document' } })],
    ['an object', () => ({ headers: { ...HONEST, 'sec-fetch-dest': 'object' } })],
    ['an embed', () => ({ headers: { ...HONEST, 'sec-fetch-dest': 'embed' } })],
    ['a script', () => ({ headers: { ...HONEST, 'sec-fetch-dest': 'empty' } })],
    ['an unknown destination', () => ({ headers: { referer: `${SHOP}/` } })],
    ['case 14: a prefetch', () => ({ headers: { ...HONEST, 'sec-purpose': 'prefetch' } })],
    ['case 14: a prerender', () => ({ headers: { ...HONEST, 'sec-purpose': 'prefetch;prerender' } })],
    ['case 15: upper case', () => ({ query: 'o=HTTPS://SHOP.example' })],
    ['case 15: the default port', () => ({ query: 'o=https://shop.example:443' })],
    ['case 15: an escaped dot', () => ({ query: 'o=https://shop%2eexample' })],
    ['case 15: a claim that is escaped in part', () => ({ query: 'o=https:%2F%2Fshop.example' })],
    ['case 15: a backslash', () => ({ query: 'o=https:%5C%5Cshop.example' })],
    ['case 15: null', () => ({ query: 'o=null', headers: withReferer('null') })],
    ['case 15: nothing', () => ({ query: 'o=' })],
    ['case 15: 10 kB', () => ({ query: `o=https://${'a'.repeat(10_000)}.example` })],
    ['case 16: two claims', () => ({ query: `o=${SHOP}&o=${SHOP}` })],
    ['case 16: a list', () => ({ query: `o[]=${SHOP}` })],
    ['case 16: an operator', () => ({ query: 'o[$ne]=x' })],
    ['case 16: an unknown name', () => ({ query: `o=${SHOP}&x=1` })],
    ['case 16: a claim in the body', () => ({ query: '', method: 'POST', body: `o=${SHOP}` })],
  ])('for %s is the same to the byte', async (_what, make) => {
    const [expected, answer] = await Promise.all([nobody(), claim(make())]);
    expect(answer.status).toBe(403);
    expect(answer.body).toBe(expected.body);
    expect({ ...answer.headers, date: '' }).toEqual({ ...expected.headers, date: '' });
  });

  test('case 14: HEAD gets no document either', async () => {
    expect(await claim({ method: 'HEAD' })).toMatchObject({ status: 403, body: '' });
  });
});
