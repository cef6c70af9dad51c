import { expect } from 'vitest';
import { frameOf, openWidget, test, visitShop } from './fake-frame-test.ts';
import { eventually } from './loader-test.ts';

test.for<[string, string]>([
  ['of a type nobody knows', `{ t: 'navigate', url: 'https://evil.example/' }`],
  ['with markup beside a known type', `{ t: 'close', html: '<img src=x onerror=alert(1)>' }`],
  ['with a number out of bounds', `{ t: 'unread', n: 1e9 }`],
  ['with a colour that is more than one', `{ t: 'look', look: { accent: 'red;} * { display: none' } }`],
  ['with an event nobody declared', `{ t: 'event', name: 'token' }`],
])(
  'case 32: the frame says something %s over the port -> the loader drops it, and the page is as before',
  async ([, message], { widget, page }) => {
    await visitShop(page, widget);
    const heard = await openWidget(page);
    const frame = await frameOf(page, widget);
    const styleBefore = await page.evaluate('getComputedStyle(document.body).display + location.href');
    await frame.evaluate(`say(${message})`);
    await eventually(heard).toContain('FRAME_REFUSED');
    await eventually(() => page.evaluate('Casement.isOpen()')).toBe(false);
    await eventually(() => page.frames().length).toBe(1);
    expect(await page.evaluate('getComputedStyle(document.body).display + location.href')).toBe(styleBefore);
  },
);
