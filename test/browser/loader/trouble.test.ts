import { expect } from 'vitest';
import { call, eventually, hearEvents, isPanelVisible, type PageTrouble, test } from './loader-test.ts';

/** The lines the loader wrote into the console. */
function linesOf({ said }: PageTrouble): string[] {
  return said.filter((line) => line.startsWith('Casement'));
}

test('says UNKNOWN_KEY for a key with a typing mistake, without asking anybody', async ({ stage, page, trouble }) => {
  const typo = `${stage.key.slice(0, -1)}${stage.key.endsWith('0') ? '1' : '0'}`;
  await page.goto(stage.shopPage({ attributes: `data-key="${typo}"` }));
  await eventually(() => linesOf(trouble)).toHaveLength(1);
  expect(linesOf(trouble)[0]).toContain('UNKNOWN_KEY');
  expect(linesOf(trouble)[0]).toContain(typo);
  expect(trouble.errors).toEqual([]);
});

test('says FRAME_REFUSED on a site that is not listed, once, and shows no refusal page', async ({
  stage,
  page,
  trouble,
}) => {
  await page.goto(stage.shopPage({ site: 'evil' }));
  const heard = await hearEvents(page);
  await call(page, 'open');
  await eventually(heard).toContain('FRAME_REFUSED');
  expect(linesOf(trouble)).toHaveLength(1);
  expect(linesOf(trouble)[0]).toContain(stage.sites.origin('evil'));
  expect(await isPanelVisible(page, stage.casement.origin)).toBe(false);
  expect(trouble.errors).toEqual([]);
});

test('says ORIGIN_NOT_ALLOWED where the published look is refused', async ({ stage, page, trouble }) => {
  await page.goto(stage.shopPage({ site: 'evil', attributes: `data-key="${stage.key}" data-config="eager"` }));
  await eventually(() => linesOf(trouble).join()).toContain('ORIGIN_NOT_ALLOWED');
  expect(linesOf(trouble)).toHaveLength(1);
  expect(trouble.errors).toEqual([]);
});

test("says BLOCKED_BY_CSP when the page's policy forbids the frame", async ({ stage, page, trouble }) => {
  const policy = `script-src ${stage.casement.origin}; frame-src 'none'`;
  await page.goto(stage.shopPage({ headers: { 'content-security-policy': policy } }));
  const heard = await hearEvents(page);
  await call(page, 'open');
  await eventually(heard).toContain('BLOCKED_BY_CSP');
  expect(linesOf(trouble)).toHaveLength(1);
  expect(linesOf(trouble)[0]).toContain('frame-src');
});

test('says OFFLINE when there is no network', async ({ stage, page, context }) => {
  await page.goto(stage.shopPage());
  const heard = await hearEvents(page);
  await context.setOffline(true);
  await call(page, 'open');
  await eventually(heard).toContain('OFFLINE');
  await context.setOffline(false);
});

test('says TIMEOUT when the widget origin does not answer', async ({ stage, page }) => {
  await page.clock.install();
  await page.route(`${stage.casement.origin}/frame/**`, () => undefined);
  await page.goto(stage.shopPage());
  const heard = await hearEvents(page);
  await call(page, 'open');
  await page.clock.fastForward(11_000);
  await eventually(heard).toContain('TIMEOUT');
});

test('can be opened after what was wrong is mended', async ({ stage, page, context }) => {
  await page.goto(stage.shopPage());
  const heard = await hearEvents(page);
  await context.setOffline(true);
  await call(page, 'open');
  await eventually(heard).toContain('OFFLINE');
  await context.setOffline(false);
  await call(page, 'open');
  await eventually(heard).toContain('ready');
});

test("an embedder's listener that throws breaks neither the others nor the page", async ({ stage, page, trouble }) => {
  await page.goto(stage.shopPage());
  await page.evaluate(() => {
    Reflect.get(window, 'Casement').on('opened', () => {
      throw new Error('a mistake of the page');
    });
  });
  const heard = await hearEvents(page);
  await call(page, 'open');
  await eventually(heard).toContain('ready');
  expect(trouble.errors).toEqual([]);
});

test('on answers its own end, and once hears once', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  const counts = await page.evaluate(() => {
    const casement = Reflect.get(window, 'Casement');
    const count = { on: 0, once: 0, never: 0 };
    casement.on('opened', () => count.on++);
    casement.once('opened', () => count.once++);
    casement.on('opened', () => count.never++)();
    for (const method of ['open', 'close', 'open', 'close']) casement[method]();
    return count;
  });
  expect(counts).toEqual({ on: 2, once: 1, never: 0 });
});

test('works on a page whose prototypes were patched after the script ran', async ({ stage, page, trouble }) => {
  const after = `<script>
    const broken = { get() { return 'https://evil.example'; }, configurable: true };
    for (const name of ['origin', 'source', 'data', 'ports']) Object.defineProperty(MessageEvent.prototype, name, broken);
    EventTarget.prototype.addEventListener = function () {};
    Element.prototype.attachShadow = function () { throw new Error('patched'); };
  </script>`;
  await page.goto(stage.shopPage({ after }));
  const heard = await hearEvents(page);
  await call(page, 'open');
  await eventually(heard).toContain('ready');
  expect(trouble.errors).toEqual([]);
});
