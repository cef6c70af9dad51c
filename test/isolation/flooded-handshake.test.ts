import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import { htmlPage } from '../support/hostile-pages.ts';
import { addFrame, askInFrame, heardEvents } from './embedder.ts';
import { eventually } from './eventually.ts';
import { openHeldWidget, test } from './weakened-test.ts';

const FLOOD = 10_000;

/** Posts messages that look right to its parent and to every frame beside it, and goes on until the frame is removed. */
async function startFlood(evil: Frame): Promise<void> {
  await evil.evaluate(() => {
    const received: unknown[] = [];
    Object.assign(window, { received, posted: 0 });
    addEventListener('message', ({ data }) => received.push(data));
    const nonce = () =>
      [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    setInterval(() => {
      for (let round = 0; round < 25; round++) {
        window.parent.postMessage({ v: 1, t: 'hello', n: nonce(), f: nonce() }, '*');
        for (let index = 0; index < window.parent.length; index++) {
          if (window.parent[index] === window) continue;
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => received.push(data);
          window.parent[index]?.postMessage({ v: 1, t: 'init', n: nonce(), f: nonce() }, '*', [port2]);
          Reflect.set(window, 'posted', Reflect.get(window, 'posted') + 2);
        }
      }
    }, 2);
  });
}

const countPosted = (evil: Frame) => evil.evaluate((): number => Reflect.get(window, 'posted'));

test('case 24: a frame of evil beside the widget floods host page and widget -> one handshake, with the right peer', async ({
  stage,
  page,
  log,
}) => {
  const { frame, letScriptRun } = await openHeldWidget(stage, page);
  expect(await page.evaluate(() => window.length)).toBe(1);
  const evil = await addFrame(page, stage.sites.publish('evil', htmlPage('evil')));
  await startFlood(evil);
  await eventually(() => countPosted(evil)).toBeGreaterThan(FLOOD / 2);
  letScriptRun();
  await eventually(() => heardEvents(page)).toContain('ready');
  await eventually(() => countPosted(evil)).toBeGreaterThan(FLOOD);
  expect(await askInFrame(frame, 'What do you sell?')).not.toBe('');
  expect((await heardEvents(page)).filter((name) => name === 'ready')).toEqual(['ready']);
  expect(await evil.evaluate(() => Reflect.get(window, 'received'))).toEqual([]);
  expect(log.complaints).toEqual([]);
});
