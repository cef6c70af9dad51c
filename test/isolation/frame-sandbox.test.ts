import type { Frame } from 'playwright-core';
import { describe, expect } from 'vitest';
import { answerHello, openBareHost } from './bare-host.ts';
import { frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';

const FRAMED = {
  'the loader’s attributes': {
    sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox',
    allow: '',
  },
  'the sandbox taken away and every feature allowed': { allow: 'camera *; microphone *; geolocation *; fullscreen *' },
};

/** What somebody tries whose script runs in the frame, and the browser's refusal of it. */
const ATTEMPTS: readonly [what: string, code: () => unknown, refusal: RegExp][] = [
  ['read the document of the host page', () => window.parent.document.title, /SecurityError/],
  ['read the address of the host page', () => window.parent.location.href, /SecurityError/],
  ['read the storage of the host page', () => window.parent.localStorage.length, /SecurityError/],
  [
    'navigate the host page',
    () => {
      if (window.top) window.top.location.href = '/away';
    },
    /SecurityError.*does not have permission to navigate|sandboxed, but the flag of 'allow-top-navigation'/s,
  ],
  [
    'navigate the host page by a link',
    () => {
      const link = document.createElement('a');
      Object.assign(link, { href: '/away', target: '_top' });
      document.body.append(link);
      link.click();
    },
    /sandboxed, but the flag of 'allow-top-navigation'/,
  ],
  [
    'run a script URL in a new window',
    () => void window.open('javascript:window.opener.ran=1'),
    /Running the JavaScript URL violates/,
  ],
  ['show a dialog', () => alert('Your session has ended'), /Ignored call to 'alert\(\)'/],
  [
    'start a download',
    () => {
      const link = document.createElement('a');
      Object.assign(link, { href: URL.createObjectURL(new Blob(['x'])), download: 'invoice.exe' });
      document.body.append(link);
      link.click();
    },
    /Download is disallowed/,
  ],
  ['lock the pointer', () => document.body.requestPointerLock(), /'allow-pointer-lock' permission is not set/],
  [
    'use the camera',
    () => navigator.mediaDevices.getUserMedia({ video: true }),
    /Permissions policy violation: camera is not allowed/,
  ],
  ['ask for unpartitioned storage', () => document.requestStorageAccess(), /'allow-storage-access-by-user-activation'/],
  [
    'send a form',
    () => {
      const form = document.createElement('form');
      Object.assign(form, { action: '/healthz', method: 'get' });
      document.body.append(form);
      form.requestSubmit();
    },
    /violates the following Content Security Policy directive: "form-action 'none'"/,
  ],
  [
    'run a script of its own making',
    () => {
      const script = document.createElement('script');
      script.text = 'window.ran = 1';
      document.body.append(script);
    },
    /requires 'TrustedScript' assignment/,
  ],
];

/** Runs code in the frame right after a click there: nothing fails merely because a visitor did not act. */
async function attempt(frame: Frame, code: () => unknown, said: string[]): Promise<void> {
  await frame.locator('body').click();
  await frame.evaluate(code).catch((error: Error) => said.push(error.message));
}

describe.each(Object.entries(FRAMED))('framed with %s', (_framed, attributes) => {
  const number = 'sandbox' in attributes ? 'case 35' : 'case 9';

  test(`${number}: the frame answers its host page and opens a session`, async ({ stage, page }) => {
    const before = await stage.countSessions();
    await openBareHost(stage, page, attributes);
    expect(await answerHello(page, { widgetOrigin: stage.widgetOrigin })).toMatchObject({ first: { t: 'ready' } });
    await eventually(() => stage.countSessions()).toBe(before + 1);
  });

  test.for(ATTEMPTS)(
    `${number}: the frame tries to %s -> refused by the browser`,
    async ([, code, refusal], { stage, context, page, log }) => {
      await context.grantPermissions(['camera'], { origin: stage.widgetOrigin });
      await openBareHost(stage, page, attributes);
      await answerHello(page, { widgetOrigin: stage.widgetOrigin });
      const frame = await frameOf(page, stage.widgetOrigin);
      const address = page.url();
      await attempt(frame, code, log.said);
      await eventually(() => log.said.join('\n')).toMatch(refusal);
      expect(log.happened).toEqual([]);
      expect(page.url()).toBe(address);
      expect(frame.url()).toBe(stage.frameUrl('shop'));
      expect(await frame.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
    },
  );
});
