import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Somebody at a page of a shop with the widget on it. */
export type ShopVisitor = {
  readonly page: Page;
  /** Calls a method of `window.Casement`, as the page's own script does. */
  call(name: string, ...given: readonly unknown[]): Promise<void>;
  /** The events that the page has heard, by name; of an error its code. */
  heard(): Promise<string[]>;
  /** The frame that is on the page now, once its panel can talk to the server. */
  frame(): Promise<Frame>;
  /** Asks, and waits for the end of the reply. */
  ask(question: string): Promise<void>;
  /** What the panel shows of the conversation. */
  shown(): Promise<string>;
};

/** Waits for a fact; a machine that is busy with other things gets the time it needs. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

/** Goes to the page at `url`, where the frame comes from `widgetOrigin`; opens nothing. */
export async function visitShop(page: Page, url: string, widgetOrigin: string): Promise<ShopVisitor> {
  await page.goto(url);
  await page.evaluate(() => {
    const heard: string[] = [];
    const casement = Reflect.get(window, 'Casement');
    Reflect.set(window, 'heard', heard);
    for (const name of ['ready', 'identified', 'logged-out']) casement.on(name, () => heard.push(name));
    casement.on('error', ({ code }: { code: string }) => heard.push(code));
  });
  const find = (): Frame | undefined => page.frames().find((frame) => frame.url().startsWith(`${widgetOrigin}/frame/`));
  const visitor: ShopVisitor = {
    page,
    call: (name, ...given) =>
      page.evaluate(([method, list]) => void Reflect.get(window, 'Casement')[method](...list), [name, given] as const),
    heard: () => page.evaluate(() => Reflect.get(window, 'heard')),
    async frame() {
      // The menu comes with the code that talks to the server.
      await eventually(
        async () =>
          (await find()
            ?.getByRole('button', { name: 'More' })
            .count()
            .catch(() => 0)) ?? 0,
      ).toBe(1);
      return find() ?? expect.fail('The frame has gone again');
    },
    async ask(question) {
      const frame = await visitor.frame();
      await frame.getByRole('textbox').fill(question);
      await frame.getByRole('textbox').press('Enter');
      await frame.locator('main').getByText(`You asked: ${question}`).waitFor();
    },
    shown: async () => (await (await visitor.frame()).locator('main').textContent()) ?? '',
  };
  return visitor;
}
