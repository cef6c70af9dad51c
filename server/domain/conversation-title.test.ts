import { describe, expect, it } from 'vitest';
import { titleOf } from './conversation-title.ts';

describe('the title of a conversation', () => {
  it.each([
    ['Short', 'Short'],
    ['  Two\n\tlines  ', 'Two lines'],
    ['word '.repeat(20), `${'word '.repeat(12).trim()}…`],
    ['x'.repeat(80), `${'x'.repeat(60)}…`],
    ['👋'.repeat(61), `${'👋'.repeat(60)}…`],
  ])('made of %j is %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });
});
