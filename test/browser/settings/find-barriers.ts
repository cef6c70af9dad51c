import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

type Violation = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] };

let axe: Promise<string> | undefined;

/** What axe finds serious or worse in a document, in a line each. Colours are looked at when nothing moves any more. */
export async function findBarriers(frame: Frame): Promise<string[]> {
  axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await frame.evaluate(await axe);
  await frame.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
  const found: Violation[] = await frame.evaluate('axe.run({ iframes: false }).then(({ violations }) => violations)');
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
