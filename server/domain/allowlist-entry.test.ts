import { describe, expect, test } from 'vitest';
import { isAllowed, isAllowlistEntry } from '../../shared/allowlist.ts';
import { parseOrigin } from '../../shared/origin.ts';
import { createDice, type Dice } from '../../test/support/dice.ts';
import { checkSite, type SiteRules } from './allowlist-entry.ts';

const origin = (text: string) => parseOrigin(text) ?? expect.fail(`"${text}" is no origin`);
const RULES: SiteRules = { ownOrigins: [origin('https://widget.example.net')], allowsLoopbackHttp: true };
const PRODUCTION: SiteRules = { ...RULES, allowsLoopbackHttp: false };

function reasonOf(typed: string, rules = RULES): string {
  const checked = checkSite(typed, rules);
  return 'reason' in checked ? checked.reason : `accepted as ${checked.entry}`;
}

describe('a site is kept in one form', () => {
  test.each([
    ['https://shop.example', 'https://shop.example'],
    ['  https://shop.example/  ', 'https://shop.example'],
    ['HTTPS://Shop.Example', 'https://shop.example'],
    ['https://shop.example:443', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['shop.example', 'https://shop.example'],
    ['shop.example:8443', 'https://shop.example:8443'],
    ['*.shop.example', 'https://*.shop.example'],
    ['https://*.Shop.example/', 'https://*.shop.example'],
    ['https://*.a.shop.co.uk', 'https://*.a.shop.co.uk'],
    ['https://shop.github.io', 'https://shop.github.io'],
    ['https://*.shop.github.io', 'https://*.shop.github.io'],
    ['https://bücher.test', 'https://xn--bcher-kva.test'],
    ['https://*.bücher.example', 'https://*.xn--bcher-kva.example'],
    ['https://straße.example', 'https://xn--strae-oqa.example'],
    ['https://shop。example', 'https://shop.example'],
    ['https://xn--bcher-kva.test', 'https://xn--bcher-kva.test'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://shop.localhost:4401', 'http://shop.localhost:4401'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://203.0.113.7', 'https://203.0.113.7'],
  ])('%j as %s', (typed, entry) => {
    expect(checkSite(typed, RULES)).toEqual({ entry });
    expect(isAllowlistEntry(entry)).toBe(true);
    // What is kept is what is typed the next time.
    expect(checkSite(entry, RULES)).toEqual({ entry });
  });

  test('case 22: a homograph is kept as the other name it is', () => {
    const checked = checkSite('https://shоp.example', RULES); // with a Cyrillic о
    expect(checked).toEqual({ entry: 'https://xn--shp-ted.example' });
    expect(isAllowed(origin('https://shop.example'), ['https://xn--shp-ted.example'])).toBe(false);
  });
});

describe('case 19: a site that would admit more than it seems is refused with the reason', () => {
  test.each([
    ['https://*.github.io', '"https://*.github.io" would let anyone in: "github.io" is a public suffix'],
    ['https://*.vercel.app', '"vercel.app" is a public suffix'],
    ['https://*.myshopify.com', '"myshopify.com" is a public suffix'],
    ['*.co.uk', '"*.co.uk" would let anyone in: "co.uk" is a public suffix'],
    ['https://*.com', '"com" is a public suffix'],
    ['https://*.localhost', '"localhost" is a public suffix'],
    ['https://*.xn--p1ai', '"xn--p1ai" is a public suffix'],
    ['*', '"*" would let anyone in'],
    ['**', 'would let anyone in'],
    ['https://*', 'would let anyone in'],
    ['https://*.', 'would let anyone in'],
    ['https://*.*', 'would let anyone in'],
    ['*://*', 'has a "*" elsewhere'],
    ['https://*.127.0.0.1', 'has a "*" before an address'],
    ['https://*.0x7f.1', 'has a "*" before an address'],
    ['https://*.shop.example:8443', 'has a "*" and a port'],
    ['http://*.shop.localhost', 'has a "*" without https'],
    ['https://shop.*', 'has a "*" elsewhere than at its begin'],
    ['https://*shop.example', 'has a "*" elsewhere than at its begin'],
    ['https://a.*.shop.example', 'has a "*" elsewhere than at its begin'],
    ['https://*.*.shop.example', 'has a "*" elsewhere than at its begin'],
    ['http://shop.example', '"http://shop.example" is not safe'],
    ['https://shop.example/products', 'has a path'],
    ['https://shop.example//', 'has a path'],
    ['https://shop.example?x', 'has a path'],
    ['https://shop.example#x', 'has a path'],
    ['https://ada@shop.example', 'has a user name'],
    ['https://shop.example@evil.example', 'has a user name'],
    ['https://shop.example.', 'ends with a dot'],
    ['https://shop\\.example', 'is not an origin'],
    ['https://shop.exa\tmple', 'is not an origin'],
    ['https://shop.example:99999', 'is not an origin'],
    ['https://[::1]', 'is not an origin'],
    ['https://sh_op.example', 'is not an origin'],
    ['ftp://shop.example', 'begins with "ftp:"'],
    ['file:///x', 'begins with "file:"'],
    ['javascript:alert(1)', 'is not an origin'],
    ['data:text/html,x', 'is not an origin'],
    ['null', 'is not an origin'],
    ['shop', 'is not an origin'],
    ['', 'is empty'],
    ['   ', 'is empty'],
    [`https://${'a'.repeat(400)}.example`, 'is too long'],
    ['https://widget.example.net', 'is an origin of the widget itself'],
  ])('%j', (typed, reason) => {
    expect(reasonOf(typed)).toContain(reason);
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1'])('%s in production', (typed) => {
    expect(reasonOf(typed, PRODUCTION)).toContain('which production does not admit over http');
  });

  test('the wildcard that is accepted matches any label below its host, and nothing else', () => {
    const list = ['https://*.shop.example'];
    const isIn = (text: string) => isAllowed(origin(text), list);
    expect(['https://a.shop.example', 'https://a.b.shop.example'].map(isIn)).toEqual([true, true]);
    const others = [
      'https://shop.example',
      'https://evilshop.example',
      'http://a.shop.example',
      'https://a.shop.example:8443',
    ];
    expect(others.map(isIn)).toEqual([false, false, false, false]);
  });
});

describe('case 21', () => {
  const PIECES = [
    ...(['https://', 'http://', 'HTTPS://', '*.', '*', 'shop', 'a', '.', '..', 'example', 'com', ':', '443'] as const),
    ...(['8443', '/', '@', '\\', '%2e', '。', 'ü', '0x7f', '1', '-', '_', ' ', '\t', '#', '?', 'xn--'] as const),
    ...(['github.io', '[::1]', '\u200d', '\0', 'null', 'blob:', 'localhost', '127.0.0.1'] as const),
  ] as const;
  /** Random characters, which are rarely near anything, and random pieces, which often are. */
  const randomText = (dice: Dice) =>
    dice.chance(0.2)
      ? String.fromCharCode(...Array.from({ length: dice.below(30) }, () => dice.below(0x250)))
      : Array.from({ length: 1 + dice.below(7) }, () => dice.pick(PIECES)).join('');

  test('of 200,000 random texts every accepted one is an origin in its only form, or a wildcard above one', () => {
    const dice = createDice(21);
    let accepted = 0;
    for (let round = 0; round < 200_000; round++) {
      const typed = randomText(dice);
      const checked = checkSite(typed, RULES);
      if ('reason' in checked) continue;
      accepted += 1;
      const exact = checked.entry.replace('://*.', '://');
      if (new URL(exact).origin !== exact || !isAllowlistEntry(checked.entry)) {
        expect.fail(`${typed} as ${checked.entry}`);
      }
    }
    expect(accepted).toBeGreaterThan(1_000);
  });

  test('of 1,000,000 random texts the parser of claims accepts only what is its own origin', () => {
    const dice = createDice(22);
    let accepted = 0;
    for (let round = 0; round < 1_000_000; round++) {
      const text = randomText(dice);
      if (parseOrigin(text) === undefined) continue;
      accepted += 1;
      if (new URL(text).origin !== text) expect.fail(text);
    }
    expect(accepted).toBeGreaterThan(2_500);
  });
});
