import { expect, test } from 'vitest';
import { checkLink } from './link-target.ts';

const SHOP = 'https://shop.example';

test.each([
  'javascript:alert(1)',
  ' java\tscript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://shop.example/123',
  'file:///etc/passwd',
  'ftp://shop.example',
  'http://evil.example',
  '//evil.example',
  '/returns',
  'returns',
  '',
  'https://',
  'https://shop.example@evil.example/',
  'https://me:secret@shop.example/',
  `https://shop.example/${'a'.repeat(2_000)}`,
  'javascript&colon;alert(1)',
  '%6aavascript:alert(1)',
])('leads nowhere for %j', (href) => {
  expect(checkLink(href, 'words', SHOP)).toBeUndefined();
});

test.each([
  ['the embedding site', 'https://shop.example/returns', 'our page'],
  ['the embedding site by its own name', 'https://shop.example/returns', 'shop.example/returns'],
  ['a query of at most 64 characters', `https://shop.example/?${'q'.repeat(64)}`, 'here'],
])('opens with one click: %s', (_, href, words) => {
  expect(checkLink(href, words, SHOP)).toMatchObject({ href, isDirect: true });
});

test.each([
  ['another host', 'https://other.example/', 'words'],
  ['a host below the site', 'https://help.shop.example/', 'words'],
  ['another port of the site', 'https://shop.example:8443/', 'words'],
  ['a long query, which could carry words away', `https://shop.example/?${'q'.repeat(65)}`, 'words'],
  ['words that name another host', 'https://shop.example/', 'bank.example'],
  ['words that are another address', 'https://shop.example/', 'https://bank.example/login'],
  ['a mail', 'mailto:help@shop.example', 'help@shop.example'],
])('shows the whole address first: %s', (_, href, words) => {
  expect(checkLink(href, words, SHOP)).toMatchObject({ href, isDirect: false });
});

test('shows a host in punycode, so that letters that look alike do not', () => {
  expect(checkLink('https://shоp.example/', 'shop', SHOP)).toMatchObject({
    host: 'xn--shp-ted.example',
    isDirect: false,
  });
});

test('admits http on the embedding site itself, for development', () => {
  expect(checkLink('http://shop.localhost:4401/a', 'a page', 'http://shop.localhost:4401')?.isDirect).toBe(true);
});
