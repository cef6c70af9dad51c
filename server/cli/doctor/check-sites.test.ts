import { expect, test } from 'vitest';
import { inspectConfig } from '../../config.ts';
import { checkSites } from './check-sites.ts';

const { config } = inspectConfig({ NODE_ENV: 'production', PUBLIC_URL: 'https://widget.example-chat.com' });
const check = (...allowlist: string[]) =>
  checkSites([{ companyId: 'acme', slug: 'main', allowlist }], { config }).map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );

test('sites that could be saved today are nothing to find', () => {
  expect(check('https://shop.example', 'https://*.shop.example')).toEqual([]);
});

test.each([
  [
    'https://*.github.io',
    'error PUBLIC_SUFFIX: The widget "main" of "acme" allows "https://*.github.io": "github.io" is a public suffix',
  ],
  [
    'http://shop.localhost:4401',
    'error SITE_REFUSED: The widget "main" of "acme" allows "http://shop.localhost:4401", which would not be saved today',
  ],
  ['https://widget.example-chat.com', 'error SITE_REFUSED: The widget "main" of "acme" allows "https://widget.ex'],
  [
    'https://shop.example-chat.com',
    'warning SAME_SITE: The widget "main" of "acme" allows "https://shop.example-chat.com", which is on "example-chat.com"',
  ],
  ['https://*.example-chat.com', 'warning SAME_SITE: The widget "main" of "acme" allows "https://*.example-chat.com"'],
])('finds %s on an allowlist', (entry, sentence) => {
  const lines = check('https://shop.example', entry);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(sentence);
});
