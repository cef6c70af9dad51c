import { describe, expect, it } from 'vitest';
import { REPLY_MAX_BYTES } from '../../shared/chat.ts';
import { createReplyText } from './reply-text.ts';

const written = (...pieces: string[]) => {
  const reply = createReplyText();
  for (const piece of pieces) reply.append(piece);
  return reply.text;
};

describe('the text of a reply', () => {
  it('holds back half a character until its other half comes', () => {
    const reply = createReplyText();
    reply.append('Ahoy \ud83d');
    expect(reply.text).toBe('Ahoy ');
    reply.append('\udc4b!');
    expect(reply.text).toBe('Ahoy 👋!');
  });

  it.each([
    ['a first half that is not followed by its second', ['a\ud83d', 'b'], 'a\ufffdb'],
    ['a second half without a first', ['a\udc4bb'], 'a\ufffdb'],
    ['a second half at the beginning of a piece', ['a', '\udc4bb'], 'a\ufffdb'],
    ['two first halves in a row', ['\ud83d', '\ud83d', '\udc4b'], '\ufffd👋'],
  ])('replaces %s', (_case, pieces, text) => {
    expect(written(...pieces)).toBe(text);
  });

  it('takes exactly 64 KiB and not a byte more', () => {
    const reply = createReplyText();
    expect(reply.append('x'.repeat(REPLY_MAX_BYTES))).toBe(true);
    expect(reply.append('y')).toBe(false);
    expect(reply.text).toBe('x'.repeat(REPLY_MAX_BYTES));
  });

  it('ends before a character that does not fit whole', () => {
    const reply = createReplyText();
    expect(reply.append(`${'x'.repeat(REPLY_MAX_BYTES - 3)}👋`)).toBe(false);
    expect(reply.text).toBe('x'.repeat(REPLY_MAX_BYTES - 3));
    expect(reply.append('z')).toBe(false);
    expect(reply.text.endsWith('x')).toBe(true);
  });
});
