import { afterEach, expect, test, vi } from 'vitest';
import { keepResume, readResume } from './kept-resume.ts';

afterEach(() => void vi.unstubAllGlobals());

test('keeps it for the tab, and forgets it when there is nothing to keep', () => {
  const items = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => items.set(name, value),
    removeItem: (name: string) => items.delete(name),
  });
  keepResume('k', 'abc');
  expect(readResume('k')).toBe('abc');
  expect(readResume('other')).toBeUndefined();
  keepResume('k', undefined);
  expect(readResume('k')).toBeUndefined();
  expect(items.size).toBe(0);
});

test('remembers nothing where storage is blocked, and does not throw', () => {
  const blocked = () => {
    throw new DOMException('Blocked', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
  keepResume('k', 'abc');
  expect(readResume('k')).toBeUndefined();
});
