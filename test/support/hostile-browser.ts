import { type Browser, chromium } from 'playwright-core';

/** The Chromium of `npm run test:browser`. */
export async function launchBrowser(): Promise<Browser> {
  const { findBrowser } = await import(new URL('../../scripts/find-browser.mjs', import.meta.url).href);
  return chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
}
