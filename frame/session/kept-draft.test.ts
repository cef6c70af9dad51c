import { afterEach, expect, test, vi } from 'vitest';
import { keepDraft, takeDraft } from './kept-draft.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('keeps a draft for the next document, once', () => {
  const stored = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    setItem: (name: string, value: string) => stored.set(name, value),
    getItem: (name: string) => stored.get(name) ?? null,
    removeItem: (name: string) => stored.delete(name),
  });
  keepDraft('Where is');
  expect(takeDraft()).toBe('Where is');
  expect(takeDraft()).toBe('');
  expect(stored.size).toBe(0);
});

test('loses the draft in silence where storage is blocked', () => {
  const blocked = () => {
    throw new DOMException('Blocked', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { setItem: blocked, getItem: blocked, removeItem: blocked });
  expect(() => keepDraft('Where is')).not.toThrow();
  expect(takeDraft()).toBe('');
});
