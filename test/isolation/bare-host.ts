import type { Page } from 'playwright-core';
import { bareHostPage } from '../support/hostile-host.ts';
import { HOSTILE_MESSAGES_SOURCE } from '../support/hostile-messages.ts';
import { eventually } from './eventually.ts';
import type { IsolationStage } from './stage.ts';

/** Opens a listed host page without the loader, and waits until its frame has said hello and waits for the answer. */
export async function openBareHost(
  stage: IsolationStage,
  page: Page,
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.addInitScript(HOSTILE_MESSAGES_SOURCE);
  await page.goto(stage.sites.publish('shop', bareHostPage(stage.frameUrl('shop'), attributes)));
  await eventually(() => page.evaluate(() => Reflect.get(window, 'heard').length)).toBe(1);
}

type PortMessage = { readonly t: string; readonly f?: string };

type InitAnswers = {
  /** What was sent in vain before. */
  readonly dropped: readonly string[];
  /** What of it was answered over the port that came with it. */
  readonly answered: readonly string[];
  /** The first message over the port of the right `init`. */
  readonly first: PortMessage;
  /** The answer to a ping over that port. */
  readonly pong: PortMessage;
};

/**
 * Answers the frame's hello by hand: first `hostile` inits of every kind if wanted, each with a port of its own, then
 * the right one. The port stays in `window.port`, and all that comes over it in `window.overPort`.
 */
export function answerHello(
  page: Page,
  options: { readonly widgetOrigin: string; readonly hostile?: boolean },
): Promise<InitAnswers> {
  return page.evaluate(async ({ widgetOrigin, hostile = false }) => {
    const frame = document.querySelector('iframe')?.contentWindow;
    const [{ data: hello }] = Reflect.get(window, 'heard');
    const valid = { ...hello, t: 'init' };
    const dropped: string[] = [];
    const answered: string[] = [];
    const overPort: PortMessage[] = [];
    Object.assign(window, { valid, overPort });

    function offer(what: string, message: unknown, ports = 1): void {
      const channels = Array.from({ length: ports }, () => new MessageChannel());
      for (const { port1 } of channels) port1.onmessage = () => answered.push(what);
      const remote = channels.map(({ port2 }) => port2);
      frame?.postMessage(message, widgetOrigin, remote);
      dropped.push(what);
    }
    if (hostile) {
      for (const { what, message } of Reflect.get(window, 'hostileMessages')(valid)) offer(what, message);
      offer('f is the nonce of somebody else', { ...valid, f: valid.n });
      offer('no port comes with it', valid, 0);
      offer('two ports come with it', valid, 2);
    }

    const { port1: port, port2: remote } = new MessageChannel();
    Object.assign(window, { port });
    const next = (t?: string): Promise<PortMessage> =>
      new Promise((resolve) => {
        port.onmessage = ({ data }) => {
          overPort.push(data);
          if (t === undefined || data.t === t) resolve(data);
        };
      });
    frame?.postMessage(valid, widgetOrigin, [remote]);
    const first = await next();
    port.postMessage({ t: 'ping', s: 1 });
    return { dropped, answered, first, pong: await next('pong') };
  }, options);
}
