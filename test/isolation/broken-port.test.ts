import { expect } from 'vitest';
import { answerHello, openBareHost } from './bare-host.ts';
import { frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';

/** The peer of a port is not told that it was closed, so the frame's own window counts. */
function countClosedPorts(): void {
  const { close } = MessagePort.prototype;
  Reflect.set(window, 'closedPorts', 0);
  MessagePort.prototype.close = function closeAndCount() {
    Reflect.set(window, 'closedPorts', Reflect.get(window, 'closedPorts') + 1);
    close.call(this);
  };
}

test.for<[string, unknown]>([
  ['of a type nobody knows', { t: 'navigate', url: 'https://evil.example/', s: 9 }],
  ['with markup beside a known type', { t: 'open', html: '<img src=x onerror=alert(1)>', s: 9 }],
  ['with an old number', { t: 'ping', s: 1 }],
  ['that is text', 'open'],
  ['that is nothing', null],
])(
  'case 32: the host page says something %s over the port -> the frame closes it',
  async ([, message], { stage, page, log }) => {
    await page.addInitScript(countClosedPorts);
    await openBareHost(stage, page);
    const { pong } = await answerHello(page, { widgetOrigin: stage.widgetOrigin });
    expect(pong).toMatchObject({ t: 'pong' });
    const frame = await frameOf(page, stage.widgetOrigin);
    expect(await frame.evaluate(() => Reflect.get(window, 'closedPorts'))).toBe(0);
    await page.evaluate((broken) => Reflect.get(window, 'port').postMessage(broken), message);
    await eventually(() => frame.evaluate(() => Reflect.get(window, 'closedPorts'))).toBe(1);
    expect(log.complaints).toEqual([]);
  },
);
