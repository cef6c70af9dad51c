import { expect } from 'vitest';
import { answerHello, openBareHost } from './bare-host.ts';
import { frameOf } from './embedder.ts';
import { test as isolationTest } from './isolation-test.ts';
import { HOST_NONCE } from './stage.ts';
import { countMessageListeners } from './window-listeners.ts';

/** `page` is a listed host page without the loader, whose frame has said hello and waits for the answer. */
const test = isolationTest.extend('frame', async ({ stage, page, log }, { onCleanup }) => {
  await openBareHost(stage, page);
  onCleanup(() => expect(log.complaints).toEqual([]));
  return frameOf(page, stage.widgetOrigin);
});

test('case 23: the frame says one hello, to the origin of its host page', async ({ stage, page, frame: _ }) => {
  expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([
    {
      data: { v: 1, t: 'hello', n: HOST_NONCE, f: expect.stringMatching(/^[0-9a-f]{32}$/) },
      origin: stage.widgetOrigin,
      isFrame: true,
    },
  ]);
});

test('case 23: an init with anything wrong -> dropped by the frame without a throw or an answer', async ({
  stage,
  page,
  frame: _,
}) => {
  const { dropped, answered, first, pong } = await answerHello(page, {
    widgetOrigin: stage.widgetOrigin,
    hostile: true,
  });
  expect(dropped.length).toBeGreaterThan(80);
  expect(answered).toEqual([]);
  expect(first).toMatchObject({ t: 'ready', f: await page.evaluate(() => Reflect.get(window, 'valid').f) });
  expect(pong).toMatchObject({ t: 'pong' });
});

test('case 28: an init that a script in the frame dispatches as if it came from the host page -> dropped', async ({
  stage,
  page,
  frame,
}) => {
  const hello = await page.evaluate(() => Reflect.get(window, 'heard')[0].data);
  await frame.evaluate(
    ({ data, origin }) => {
      const { port1, port2 } = new MessageChannel();
      Object.assign(window, { forged: [] });
      port1.onmessage = ({ data: answer }) => Reflect.get(window, 'forged').push(answer);
      dispatchEvent(new MessageEvent('message', { data, origin, source: window.parent, ports: [port2] }));
    },
    { data: { ...hello, t: 'init' }, origin: stage.sites.origin('shop') },
  );
  const { first } = await answerHello(page, { widgetOrigin: stage.widgetOrigin });
  expect(first).toMatchObject({ t: 'ready', f: hello.f });
  expect(await frame.evaluate(() => Reflect.get(window, 'forged'))).toEqual([]);
});

test('case 29: a second valid init with another port -> ignored, and the first port keeps working', async ({
  stage,
  page,
  frame: _,
}) => {
  await answerHello(page, { widgetOrigin: stage.widgetOrigin });
  const { overSecond, overFirst } = await page.evaluate(async (widgetOrigin) => {
    const { port1, port2 } = new MessageChannel();
    const second: unknown[] = [];
    port1.onmessage = ({ data }) => second.push(data);
    const frame = document.querySelector('iframe')?.contentWindow;
    frame?.postMessage(Reflect.get(window, 'valid'), widgetOrigin, [port2]);
    const first: MessagePort = Reflect.get(window, 'port');
    const pong = new Promise((resolve) => {
      first.onmessage = ({ data }) => data.t === 'pong' && resolve(data);
    });
    first.postMessage({ t: 'ping', s: 2 });
    return { overFirst: await pong, overSecond: second };
  }, stage.widgetOrigin);
  expect(overFirst).toMatchObject({ t: 'pong' });
  expect(overSecond).toEqual([]);
});

test('case 29: after the handshake no message listener is left on the window of the frame', async ({
  stage,
  page,
  frame,
}) => {
  expect(await countMessageListeners(frame)).toBe(1);
  await answerHello(page, { widgetOrigin: stage.widgetOrigin });
  expect(await countMessageListeners(frame)).toBe(0);
});
