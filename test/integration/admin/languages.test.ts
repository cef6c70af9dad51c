import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { readBoot } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const { en = {} } = DEFAULT_SETTINGS.locales;
const LOCALES = { en, de: { greeting: 'Guten Tag.' }, ar: { greeting: 'مرحبا' } };

let casement: Casement;
let publicKey: string;

beforeAll(async () => {
  casement = await startCasement();
  ({ publicKey } = await casement.createWidget({
    allowlist: [SHOP],
    settings: { defaultLocale: 'en', locales: LOCALES },
  }));
});
afterAll(() => casement.stop());

type Wanted = { readonly chosen?: string; readonly accepted?: string };

const headersFor = ({ accepted }: Wanted) => ({
  host: casement.host,
  ...(accepted !== undefined && { 'accept-language': accepted }),
});
const queryFor = ({ chosen }: Wanted) => (chosen === undefined ? '' : `&l=${chosen}`);

function askConfig(wanted: Wanted) {
  const path = `/api/v1/widget/config?key=${publicKey}${queryFor(wanted)}`;
  return rawRequest({ port: casement.port, path, headers: { ...headersFor(wanted), origin: SHOP } });
}

function askFrame(wanted: Wanted) {
  const path = `/frame/${publicKey}?o=${encodeURIComponent(SHOP)}${queryFor(wanted)}`;
  const headers = { ...headersFor(wanted), referer: `${SHOP}/`, 'sec-fetch-dest': 'iframe' };
  return rawRequest({ port: casement.port, path, headers });
}

describe.each([
  ['the default language', {}, 'en', 'Hello.'],
  ['what the browser wants most', { accepted: 'fr;q=0.9, de-AT, en;q=0.1' }, 'de', 'Guten Tag.'],
  ['what the page has chosen, whatever the browser wants', { chosen: 'de', accepted: 'ar' }, 'de', 'Guten Tag.'],
  ['the default for a language without texts', { chosen: 'fr', accepted: 'de' }, 'en', 'Hello.'],
] as const)('a visitor is shown %s', (_what, wanted, locale, greeting) => {
  test('by the configuration', async () => {
    const { configuration } = JSON.parse((await askConfig(wanted)).body);
    expect(configuration).toMatchObject({ locale, texts: { greeting, name: en.name } });
  });

  test('and by the frame', async () => {
    const { body } = await askFrame(wanted);
    expect(readBoot(body).configuration).toMatchObject({ locale, texts: { greeting } });
    expect(body).toContain(`<html lang="${locale}"`);
  });
});

test('a language from right to left turns the document around', async () => {
  expect((await askFrame({ chosen: 'ar' })).body).toContain('<html lang="ar" dir="rtl">');
});

test('every language has its own ETag, and caches are told what it depends on', async () => {
  const answers = await Promise.all(['en', 'de'].map((chosen) => askConfig({ chosen })));
  const [one, other] = answers.map(({ headers }) => headers);
  expect(one?.etag).not.toBe(other?.etag);
  expect(one?.vary).toBe('Origin, Accept-Language');
});

test.each(['', 'English', 'de_DE', 'de&l=en', 'de&x=1', `de-${'a'.repeat(40)}`, '%64e', '../de'])(
  'the frame is refused for the language %j',
  async (chosen) => {
    const { status, body } = await askFrame({ chosen });
    expect({ status, isRefusal: body.includes('Refused') }).toEqual({ status: 403, isRefusal: true });
  },
);
