import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type IdentityShop, startIdentityShop } from '../../support/identity-shop.ts';
import { type ShopVisitor, visitShop } from '../../support/shop-visitor.ts';
import { eventually } from './loader-test.ts';

const GREETING = 'How can we help?';

let shop: IdentityShop;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  shop = await startIdentityShop();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

/** A browser of its own. */
async function openBrowser(): Promise<BrowserContext> {
  const context = await browser.newContext();
  contexts.push(context);
  return context;
}

/** A page of the shop in a new tab, with the panel open. */
async function openTab(context: BrowserContext): Promise<ShopVisitor> {
  const tab = await visitShop(await context.newPage(), shop.page, shop.casement.origin);
  await tab.call('open');
  return tab;
}

test('what an unknown visitor wrote is theirs once they log in, and is there in their other browser', async () => {
  const laptop = await openTab(await openBrowser());
  await laptop.ask('Is the jacket warm?');
  await laptop.call('identify', await shop.sign('ann'));
  await eventually(laptop.heard).toContain('identified');
  expect(await laptop.shown()).toContain('Is the jacket warm?');

  const phone = await openTab(await openBrowser());
  await phone.call('identify', await shop.sign('ann'));
  await eventually(phone.shown).toContain('You asked: Is the jacket warm?');
  await phone.ask('And the hood?');
  const laptopAgain = await openTab(await openBrowser());
  await laptopAgain.call('identify', await shop.sign('ann'));
  await eventually(laptopAgain.shown).toContain('You asked: And the hood?');
});

test('on the next page the visitor is nobody until the page says so again', async () => {
  const context = await openBrowser();
  const tab = await openTab(context);
  await tab.call('identify', await shop.sign('bea'));
  await eventually(tab.heard).toContain('identified');
  await tab.ask('Where is my order?');
  const next = await openTab(context);
  await eventually(next.shown).toContain(GREETING);
  expect(await next.shown()).not.toContain('Where is my order?');
  await next.call('identify', await shop.sign('bea'));
  await eventually(next.shown).toContain('Where is my order?');
});

test('who logs out finds an empty chat, here and in the other tab, whose page still holds a token', async () => {
  const context = await openBrowser();
  const tab = await openTab(context);
  await tab.call('identify', await shop.sign('cai'));
  await eventually(tab.heard).toContain('identified');
  await tab.ask('A secret of Cai');
  const otherTab = await openTab(context);
  await otherTab.call('identify', await shop.sign('cai'));
  await eventually(otherTab.shown).toContain('A secret of Cai');

  await tab.call('logout');
  for (const each of [tab, otherTab]) {
    await eventually(each.heard).toContain('logged-out');
    await eventually(each.shown).toContain(GREETING);
    expect(await each.shown()).not.toContain('A secret of Cai');
  }
  // Its loader offered the old token to the new document, in vain.
  await eventually(otherTab.heard).toContain('VISITOR_REFUSED');
  expect(await otherTab.shown()).not.toContain('A secret of Cai');
  await otherTab.ask('Somebody else');
  expect(await otherTab.shown()).not.toContain('A secret of Cai');
});

test('who is named after somebody else sees nothing of them', async () => {
  const tab = await openTab(await openBrowser());
  await tab.call('identify', await shop.sign('dan'));
  await eventually(tab.heard).toContain('identified');
  await tab.ask('A secret of Dan');
  await tab.call('identify', await shop.sign('eli'));
  await eventually(async () => (await tab.heard()).filter((name) => name === 'identified').length).toBe(2);
  await eventually(tab.shown).toContain(GREETING);
  expect(await tab.shown()).not.toContain('A secret of Dan');
  expect(await tab.heard()).not.toContain('VISITOR_REFUSED');
});

test('what the page says about the visit reaches the model with the question', async () => {
  const tab = await openTab(await openBrowser());
  await tab.call('setContext', ['Page: Arctic jacket', 'In the cart: 2 items']);
  await tab.ask('Is it warm?');
  const asked = shop.fake.calls.at(-1)?.request.messages.at(-1);
  expect(asked?.content.split('\n').slice(1, 3)).toEqual(['"Page: Arctic jacket"', '"In the cart: 2 items"']);
});
