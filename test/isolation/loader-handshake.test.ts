import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createNonce } from '../../shared/nonce.ts';
import { spyingHostPage } from '../support/hostile-host.ts';
import { HOSTILE_MESSAGES_SOURCE } from '../support/hostile-messages.ts';
import { htmlPage } from '../support/hostile-pages.ts';
import { addFrame, frameOf, heardEvents, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test as isolationTest } from './isolation-test.ts';
import { countMessageListeners } from './window-listeners.ts';

type Scene = {
  readonly page: Page;
  readonly hostOrigin: string;
  /** The loader's iframe: its document is there, its script is held back, so that only the test speaks for it. */
  readonly frame: Frame;
  readonly letScriptRun: () => void;
};

const test = isolationTest.extend('scene', async ({ stage, page, log }, { onCleanup }): Promise<Scene> => {
  const letScriptRun = stage.proxy.hold('/assets/');
  await page.addInitScript(HOSTILE_MESSAGES_SOURCE);
  await page.goto(stage.sites.publish('shop', spyingHostPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  await frame.evaluate(() => {
    const inits: unknown[] = [];
    Object.assign(window, { inits });
    addEventListener('message', ({ data }) => inits.push(data));
  });
  onCleanup(() => expect(log.complaints).toEqual([]));
  return { page, hostOrigin: stage.sites.origin('shop'), frame, letScriptRun };
});

/** Lets the frame's own script run, and asserts that its handshake is the first and only one. */
async function expectHonestHandshake({ page, frame, letScriptRun }: Scene): Promise<void> {
  await eventually(() => hasReceived(page, 'the end')).toBe(true);
  expect(await frame.evaluate(() => Reflect.get(window, 'inits'))).toEqual([]);
  letScriptRun();
  await eventually(() => heardEvents(page)).toContain('ready');
  expect(await frame.evaluate(() => Reflect.get(window, 'inits'))).toEqual([
    expect.objectContaining({ v: 1, t: 'init' }),
  ]);
  expect(await heardEvents(page)).not.toContain('FRAME_REFUSED');
}

/** Whether a message with this text has come to the host page, and with it everything that was posted before. */
function hasReceived(page: Page, text: string): Promise<boolean> {
  return page.evaluate((wanted) => Reflect.get(window, 'spied').received.includes(wanted), text);
}

/** Posts to the host page from any of its frames. */
async function postToHost(sender: Frame, messages: readonly unknown[], hostOrigin: string): Promise<void> {
  await sender.evaluate(
    ({ list, origin }) => {
      for (const message of list) window.parent.postMessage(message, origin);
    },
    { list: [...messages, 'the end'], origin: hostOrigin },
  );
}

async function validHello(frame: Frame) {
  const n = await frame.evaluate(() => location.hash.slice(1));
  return { v: 1, t: 'hello', n, f: createNonce() };
}

test('case 23: a hello with anything wrong -> dropped by the loader without a throw or an answer', async ({
  scene,
}) => {
  const valid = await validHello(scene.frame);
  await scene.frame.evaluate(
    ({ hello, origin }) => {
      for (const { message } of Reflect.get(window, 'hostileMessages')(hello)) {
        window.parent.postMessage(message, origin);
      }
      window.parent.postMessage('the end', origin);
    },
    { hello: valid, origin: scene.hostOrigin },
  );
  await expectHonestHandshake(scene);
});

test('case 23: a right hello from a frame of evil beside the widget -> dropped', async ({ stage, page, scene }) => {
  const evil = await addFrame(page, stage.sites.publish('evil', htmlPage('evil')));
  await postToHost(evil, [await validHello(scene.frame)], scene.hostOrigin);
  await expectHonestHandshake(scene);
});

test('case 23: a right hello from another frame of the widget’s own origin -> dropped', async ({
  stage,
  page,
  scene,
}) => {
  const sibling = await addFrame(page, stage.frameUrl('shop'));
  await postToHost(sibling, [await validHello(scene.frame)], scene.hostOrigin);
  await expectHonestHandshake(scene);
});

test('case 28: a hello that the host page dispatches as if it came from the widget -> dropped', async ({
  stage,
  page,
  scene,
}) => {
  const isForged = await page.evaluate(
    ({ data, origin }) => {
      const roots: ShadowRoot[] = Reflect.get(window, 'spied').roots;
      const source = roots[0]?.querySelector('iframe')?.contentWindow;
      if (!source) return false;
      dispatchEvent(new MessageEvent('message', { data, origin, source }));
      dispatchEvent(new MessageEvent('message', { data: 'the end', origin, source }));
      return true;
    },
    { data: await validHello(scene.frame), origin: stage.widgetOrigin },
  );
  expect(isForged).toBe(true);
  await expectHonestHandshake(scene);
});

test('case 29: after the handshake the loader listens to no message of any window', async ({ page, scene }) => {
  // The host page of this test spies with a listener of its own.
  expect(await countMessageListeners(page)).toBe(2);
  scene.letScriptRun();
  await eventually(() => heardEvents(page)).toContain('ready');
  expect(await countMessageListeners(page)).toBe(1);
});
