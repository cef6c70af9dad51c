import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';
import { type IsolationStage, LOOPBACK_SITE, REMOTE_SITE, startIsolationStage } from './stage.ts';

let stage: IsolationStage;
let refusal: RawAnswer;

beforeAll(async () => {
  stage = await startIsolationStage();
  refusal = await claim('o=https%3A%2F%2Fnobody.example', { referer: 'https://nobody.example/' });
});
afterAll(() => stage.stop());

type Claim = {
  readonly method?: string;
  readonly referer?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** Asks for the frame as a browser would, except for what `changes` say. */
function claim(query: string, { method = 'GET', referer = `${REMOTE_SITE}/`, headers, body }: Claim = {}) {
  const path = `/frame/${stage.keys.shop}?${query}`;
  const browserHeaders = {
    host: stage.casement.host,
    referer,
    'sec-fetch-dest': 'iframe',
    'sec-fetch-mode': 'navigate',
  };
  return rawRequest({
    port: stage.casement.port,
    method,
    path,
    headers: { ...browserHeaders, ...headers },
    ...(body !== undefined && { body }),
  });
}

/** The one refusal, byte for byte, with nothing in its headers that tells why. */
async function expectRefused(answer: RawAnswer): Promise<void> {
  expect(answer.status).toBe(403);
  expect(answer.body).toBe(refusal.body);
  expect({ ...answer.headers, date: '' }).toEqual({ ...refusal.headers, date: '' });
  expect(answer.body).not.toContain('ticket');
  expect(await stage.countSessions()).toBe(0);
}

test.each([REMOTE_SITE, LOOPBACK_SITE])(
  'case 15: the origin %s as it is on the allowlist is served',
  async (origin) => {
    const answer = await claim(`o=${encodeURIComponent(origin)}`, { referer: `${origin}/` });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('ticket');
  },
);

test.each([
  ['a scheme in upper case', 'HTTPS://shop.example'],
  ['a host in upper case', 'https://SHOP.example'],
  ['the default port', 'https://shop.example:443'],
  ['an empty port', 'https://shop.example:'],
  ['a trailing dot', 'https://shop.example.'],
  ['a user', 'https://shop@shop.example'],
  ['an empty user', 'https://@shop.example'],
  ['a user that looks like the shop', 'https://shop.example@nobody.example'],
  ['backslashes', 'https:\\\\shop.example'],
  ['a backslash at the end', 'https://shop.example\\'],
  ['one slash', 'https:/shop.example'],
  ['three slashes', 'https:///shop.example'],
  ['no scheme', '//shop.example'],
  ['another scheme', 'wss://shop.example'],
  ['a tab', 'https://shop\t.example'],
  ['a line break', 'https://shop.example\n'],
  ['a leading space', ' https://shop.example'],
  ['an escaped dot', 'https://shop%2eexample'],
  ['full-width letters', 'https://ｓｈｏｐ.example'],
  ['a full-width dot', 'https://shop．example'],
  ['an ideographic dot', 'https://shop。example'],
  ['a soft hyphen', 'https://sh\u00adop.example'],
  ['a path', 'https://shop.example/'],
  ['a query', 'https://shop.example?'],
  ['a fragment', 'https://shop.example#'],
  ['a blob URL', 'blob:https://shop.example/5c2a3f44'],
  ['null', 'null'],
  ['nothing', ''],
  ['a wildcard', 'https://*.example'],
  ['a second origin', 'https://shop.example https://nobody.example'],
  ['a list with a directive', "https://shop.example; script-src 'unsafe-inline'"],
  ['10 kB', `https://${'a'.repeat(10_000)}.shop.example`],
])('case 15: a claim with %s -> the one 403', async (_what, origin) => {
  await expectRefused(await claim(`o=${encodeURIComponent(origin)}`));
});

test.each([
  ['a scheme in upper case', 'HTTPS://shop.example'],
  ['the default port', 'https://shop.example:443'],
  ['a trailing dot', 'https://shop.example.'],
  ['a user', 'https://shop@shop.example'],
  ['backslashes', 'https:\\\\shop.example'],
  ['an escaped dot', 'https://shop%2eexample'],
  ['an escaped letter', 'https://s%68op.example'],
  ['a path', 'https://shop.example/'],
  ['a plus for a space', 'https://shop.example+'],
])('case 15: a claim with %s, not escaped -> the one 403', async (_what, origin) => {
  await expectRefused(await claim(`o=${origin}`));
});

test.each(['https://ｓｈｏｐ.example', 'https://shop。example'])(
  'case 15: the bytes of "%s", not escaped -> refused before they are parsed as a claim',
  async (origin) => {
    const answer = await claim(`o=${Buffer.from(origin).toString('latin1')}`);
    expect(answer).toMatchObject({ status: 400, body: '' });
  },
);

test.each([
  ['a hexadecimal address', 'http://0x7f.1:4499'],
  ['a decimal address', 'http://2130706433:4499'],
  ['a short address', 'http://127.1:4499'],
  ['an address as IPv6', 'http://[::ffff:127.0.0.1]:4499'],
])('case 15: a claim with %s instead of 127.0.0.1 -> the one 403', async (_what, origin) => {
  await expectRefused(await claim(`o=${encodeURIComponent(origin)}`, { referer: `${LOOPBACK_SITE}/` }));
  await expectRefused(await claim(`o=${encodeURIComponent(origin)}`, { referer: `${origin}/` }));
});

const HONEST = `o=${encodeURIComponent(REMOTE_SITE)}`;

test.each([
  ['is not there', ''],
  ['is given twice', `${HONEST}&${HONEST}`],
  ['is given twice, the second hostile', `${HONEST}&o=https%3A%2F%2Fnobody.example`],
  ['is given twice, the first hostile', `o=https%3A%2F%2Fnobody.example&${HONEST}`],
  ['is a list', `o[]=${encodeURIComponent(REMOTE_SITE)}`],
  ['is a list with an index', `o[0]=${encodeURIComponent(REMOTE_SITE)}`],
  ['is an operator', 'o[$ne]=x'],
  ['is an operator beside the claim', `${HONEST}&o[$ne]=x`],
  ['has an escaped name', `%6f=${encodeURIComponent(REMOTE_SITE)}`],
  ['has a name in upper case', `O=${encodeURIComponent(REMOTE_SITE)}`],
  ['is escaped in lower case', 'o=https%3a%2f%2fshop.example'],
  ['is escaped twice', `o=${encodeURIComponent(encodeURIComponent(REMOTE_SITE))}`],
  ['comes with another field', `${HONEST}&x=1`],
  ['comes after another field', `x=1&${HONEST}`],
  ['comes after a semicolon', `x=1;${HONEST}`],
  ['comes after the language', `l=en&${HONEST}`],
  ['comes with two languages', `${HONEST}&l=en&l=de`],
  ['comes with a language that is none', `${HONEST}&l=*`],
])('case 16: a claim that %s -> the one 403', async (_what, query) => {
  await expectRefused(await claim(query));
});

test.each([
  ['JSON', 'application/json', JSON.stringify({ o: REMOTE_SITE })],
  ['a form', 'application/x-www-form-urlencoded', HONEST],
])('case 16: a claim in a body of %s -> the one 403, with or without one in the query', async (_what, type, body) => {
  for (const query of ['', HONEST]) {
    await expectRefused(await claim(query, { method: 'POST', headers: { 'content-type': type }, body }));
  }
});

describe('case 14: no ticket is made for a request that shows nothing to anybody', () => {
  test.each([
    ['Sec-Purpose: prefetch', { 'sec-purpose': 'prefetch' }],
    ['Sec-Purpose: prefetch;prerender', { 'sec-purpose': 'prefetch;prerender' }],
    ['Purpose: prefetch', { purpose: 'prefetch' }],
  ])('%s -> the one 403', async (_what, headers) => {
    await expectRefused(await claim(HONEST, { headers }));
  });

  test('HEAD -> 403 without a body', async () => {
    const answer = await claim(HONEST, { method: 'HEAD' });
    expect(answer.status).toBe(403);
    expect(answer.body).toBe('');
    expect(await stage.countSessions()).toBe(0);
  });
});
