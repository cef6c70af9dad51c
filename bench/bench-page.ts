import { type Browser, chromium, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The host pages are answered by the test itself, without an address: from such a page local servers are off limits.
  '--disable-features=LocalNetworkAccessChecks',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CASEMENT_CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
}

/** Opens an otherwise empty page on the origin of the demo shop, without the shop's own policy. */
export async function openHostPage(browser: Browser, shopOrigin: string, body: string): Promise<Page> {
  const page = await browser.newPage();
  const html = `<!doctype html><html lang="en"><title>Host page</title><link rel="icon" href="data:,"><body>${body}`;
  await page.route(`${shopOrigin}/bench`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${shopOrigin}/bench`);
  return page;
}

/** The public key of the demo widget, read from the snippet in the demo shop. */
export async function readDemoKey(shopOrigin: string): Promise<string> {
  const { port } = new URL(shopOrigin);
  const html = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const key = /data-key="(PUB_[A-Za-z0-9]+)"/.exec(html)?.[1];
  if (key === undefined) throw new Error('The demo shop has no snippet');
  return key;
}
