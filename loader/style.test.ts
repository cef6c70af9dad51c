import { expect, test } from 'vitest';
import { DEFAULT_LOOK } from '../shared/default-look.ts';
import { isLauncherLook } from '../shared/port-message.ts';
import { styleOf } from './style.ts';

test('the look without a word of anybody is a whole look', () => {
  expect(isLauncherLook(DEFAULT_LOOK)).toBe(true);
});

test('every value of a look that shows is in the rules', () => {
  const css = styleOf({
    ...DEFAULT_LOOK,
    accent: '#0a7d33',
    position: 'start',
    offsetSide: 31,
    offsetBottom: 47,
    radius: 13,
    zIndex: 77,
  });
  expect(css).toContain('background:#0a7d33');
  expect(css).toContain('inset-inline-start:31px');
  expect(css).toContain('bottom:47px');
  expect(css).toContain('100dvh - 47px - 96px');
  expect(css).toContain('border-radius:13px');
  expect(css).toContain('z-index:77!important');
});

test('asks for nothing from any network', () => {
  expect(styleOf(DEFAULT_LOOK)).not.toMatch(/url\(|@import|@font-face/);
});

test('numbers may be text, as attributes of a script tag are', () => {
  const options: Readonly<Record<string, unknown>> = { offsetBottom: '80' };
  expect(styleOf({ ...DEFAULT_LOOK, ...options })).toContain('100dvh - 80px - 96px');
});
