import { expect } from 'vitest';
import { embeddingPage } from '../support/hostile-pages.ts';
import { openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './weakened-test.ts';

/**
 * Runs before the loader. An engine may deliver a message of a removed frame with no source; Chromium does not, so it is
 * made to. What the page does at a hello is `atHello`, before the loader hears of it.
 */
function hostPageOf(another: { atHello: 'remove' | 'keep' }): void {
  const seen = { hellos: 0, channels: 0, sources: [] as string[] };
  Object.assign(window, { seen });
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'source') ?? {};
  Object.defineProperty(MessageEvent.prototype, 'source', {
    get() {
      const iframe = document.querySelector('iframe');
      return iframe === null ? null : get?.call(this);
    },
  });
  addEventListener('message', (event) => {
    if (event.data?.t !== 'hello') return;
    seen.hellos++;
    const iframe = document.querySelector('iframe');
    if (another.atHello === 'remove') iframe?.remove();
    seen.sources.push(String(iframe?.contentWindow === null && event.source === null));
  });
  const Native = MessageChannel;
  Reflect.set(
    window,
    'MessageChannel',
    new Proxy(Native, {
      construct(target) {
        seen.channels++;
        return new target();
      },
    }),
  );
}

test.for<['remove' | 'keep', string, { channels: number; sources: string[] }]>([
  ['keep', 'answered', { channels: 1, sources: ['false'] }],
  ['remove', 'dropped', { channels: 0, sources: ['true'] }],
])(
  'case 31: the host page decides to %s the iframe when its hello comes -> %s',
  async ([atHello, , expected], { stage, page, log }) => {
    await page.addInitScript(hostPageOf, { atHello });
    await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
    await openWidget(page);
    await eventually(() => page.evaluate(() => Reflect.get(window, 'seen').hellos)).toBe(1);
    // Whatever the loader does with the hello it has done when the next task runs.
    const seen = await page.evaluate(() => Reflect.get(window, 'seen'));
    expect(seen).toMatchObject(expected);
    expect(log.said.filter((line) => line.includes('TypeError'))).toEqual([]);
    expect(log.complaints).toEqual([]);
  },
);
