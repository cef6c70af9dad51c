import { expect, test } from 'vitest';
import { isSameSite } from './same-site.ts';

test.each([
  ['https://shop.example.com', 'https://widget.example.com', true],
  ['https://a.shop.example.com', 'https://widget.example.com', true],
  ['https://example.com', 'https://widget.example.com', true],
  ['https://shop.example.com:8443', 'https://widget.example.com', true],
  ['https://shop.example', 'https://widget.example.com', false],
  ['https://notexample.com', 'https://widget.example.com', false],
  ['http://shop.localhost:4401', 'http://widget.localhost:4400', false],
  ['https://example.org', 'https://example.com', false],
])('whether %s and %s are same-site: %s', (hostOrigin, ownOrigin, isSame) => {
  expect(isSameSite(hostOrigin, ownOrigin)).toBe(isSame);
});
