import { expect, test } from 'vitest';
import { contrast, parseColour } from '../../../shared/colour.ts';
import { applyAppearance } from './appearance.ts';

/** The part of the document's element that is written to. */
function createPage() {
  const properties = new Map<string, string>();
  const style = {
    setProperty: (name: string, value: string) => void properties.set(name, value),
    removeProperty: (name: string) => void properties.delete(name),
  };
  const dataset: Record<string, string> = {};
  return { page: { style, dataset } as unknown as HTMLElement, properties, dataset };
}

test('follows the system until the dashboard says which mode', () => {
  const { page, dataset } = createPage();
  applyAppearance(page, {}, true);
  expect(dataset.mode).toBe('dark');
  applyAppearance(page, { mode: 'light' }, true);
  expect(dataset.mode).toBe('light');
});

test('takes what the dashboard says, and goes back to our own when it says no more', () => {
  const { page, properties } = createPage();
  applyAppearance(page, { background: '#faf6f0', radius: 4, fontFamily: 'Georgia, serif' }, false);
  expect([properties.get('--sub'), properties.get('--radius'), properties.get('--font')]).toEqual([
    '#faf6f0',
    '4px',
    'Georgia, serif',
  ]);
  applyAppearance(page, {}, false);
  for (const name of ['--sub', '--radius', '--font', '--raised', '--muted']) expect(properties.has(name)).toBe(false);
});

test('lets what lies between ground and text follow from both', () => {
  const { page, properties } = createPage();
  applyAppearance(page, { mode: 'dark', background: '#102030', text: '#f0f0f0' }, false);
  const [red = 0, green = 0, blue = 0] = (properties.get('--muted') ?? '').match(/\d+/g)?.map(Number) ?? [];
  expect(contrast([red, green, blue], parseColour('#102030'))).toBeGreaterThan(4.5);
});
