import type { Frame, Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** What the page's own code would do, in a page or in a frame of it: waits for the loader and opens the widget. */
export async function openWidget(embedder: Page | Frame): Promise<void> {
  await eventually(() => embedder.evaluate(() => Reflect.get(window, 'Casement')?.isOpen !== undefined)).toBe(true);
  await embedder.evaluate(() => {
    const heard: string[] = [];
    const casement = Reflect.get(window, 'Casement');
    Reflect.set(window, 'heard', heard);
    for (const name of ['ready', 'opened', 'closed', 'message-sent', 'reply-ended', 'reply-failed']) {
      casement.on(name, () => heard.push(name));
    }
    casement.on('error', ({ code }: { code: string }) => heard.push(code));
    casement.open();
  });
}

/** The names of the widget's events since {@link openWidget}, and the codes of its errors. */
export function heardEvents(embedder: Page | Frame): Promise<string[]> {
  return embedder.evaluate(() => Reflect.get(window, 'heard'));
}

/** Asks as a visitor does, and answers the beginning of the reply once it is finished. */
export async function askInFrame(frame: Frame, question: string): Promise<string> {
  await frame.getByRole('textbox').fill(question);
  await frame.getByRole('textbox').press('Enter');
  const exchange = frame.locator('.exchange').last();
  await exchange.getByRole('button', { name: 'Copy the answer' }).waitFor();
  return (await exchange.locator('.said p').first().textContent()) ?? '';
}

/** The frame that shows a document of `origin`. Playwright sees it in spite of the closed shadow root. */
export async function frameOf(page: Page, origin: string): Promise<Frame> {
  const find = (): Frame | undefined => page.frames().find((frame) => frame.url().startsWith(`${origin}/`));
  await eventually(() => find() !== undefined).toBe(true);
  const frame = find();
  if (frame === undefined) throw new TypeError(`No frame of "${origin}" is there`);
  return frame;
}

/** Puts one more frame into the page, as a host page does with an advertisement. */
export async function addFrame(page: Page, url: string): Promise<Frame> {
  await page.evaluate((src) => {
    const iframe = document.createElement('iframe');
    Object.assign(iframe, { src, referrerPolicy: 'origin' });
    document.body.append(iframe);
  }, url);
  const find = () => page.frames().find((candidate) => candidate.url() === url);
  await eventually(() => find() !== undefined).toBe(true);
  const added = find();
  if (added === undefined) throw new TypeError(`"${url}" was not framed`);
  return added;
}
