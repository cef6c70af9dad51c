import { describe, expect, it } from 'vitest';
import { parseReplyPosition, REPLY_START, type ReplyPosition } from '../../shared/reply-position.ts';
import { isPositionOf, nextReplyStep } from './reply-events.ts';
import type { ReplyState } from './reply-state.ts';

const citation = (number: number) => ({ number, title: `Article ${number}`, excerpt: 'Text' });
const state: ReplyState = {
  status: 'complete',
  text: 'Hé 👋 there [1] and [2].',
  citations: [citation(1), citation(2)],
};

function readFrom(position: ReplyPosition, from: ReplyState = state) {
  const events = [];
  for (let at = position; ; ) {
    const step = nextReplyStep(from, at);
    if (step === undefined) return { events, position: at };
    events.push(step.event);
    at = step.position;
  }
}

const positions = [...Array(state.text.length + 1).keys()].flatMap((characters) =>
  [0, 1, 2].map((citations) => ({ characters, citations, hasEnd: false })),
);

describe('the events of a reply', () => {
  it('complete the text and the citations from every position a reader can be at', () => {
    for (const position of positions.filter((one) => isPositionOf(state, one))) {
      const { events } = readFrom(position);
      const text = events.map((event) => (event.name === 'reply-delta' ? event.fields.text : '')).join('');
      expect(state.text.slice(0, position.characters) + text).toBe(state.text);
      expect(events.filter(({ name }) => name === 'citation')).toHaveLength(2 - position.citations);
      expect(events.at(-1)).toMatchObject({ name: 'reply-ended', fields: { status: 'complete' } });
    }
  });

  it('carry as id the position after them', () => {
    const { events, position } = readFrom(REPLY_START);
    expect(events.map(({ id }) => id)).toEqual(['24.0', '24.1', '24.2', '24.2.end']);
    expect(parseReplyPosition(events.at(-1)?.id ?? '')).toEqual(position);
  });

  it('are none for who has everything', () => {
    expect(readFrom({ characters: 24, citations: 2, hasEnd: true }).events).toEqual([]);
    expect(readFrom({ characters: 24, citations: 2, hasEnd: false }, { ...state, status: 'streaming' }).events).toEqual(
      [],
    );
  });

  it.each([
    ['stopped', { ...state, status: 'stopped' }, { name: 'reply-ended', fields: { status: 'stopped' } }],
    [
      'failed',
      { ...state, status: 'failed', failure: 'MODEL_BUSY' },
      { name: 'reply-failed', fields: { code: 'MODEL_BUSY', message: expect.stringMatching(/\.$/) } },
    ],
    [
      'interrupted',
      { ...state, status: 'interrupted', failure: 'INTERRUPTED' },
      { name: 'reply-failed', fields: { code: 'INTERRUPTED', message: expect.stringMatching(/try again/) } },
    ],
  ] as const)('say how a reply that was %s ended', (_status, from, last) => {
    expect(readFrom(REPLY_START, from).events.at(-1)).toMatchObject(last);
  });

  it.each([
    ['beyond the text', { characters: 25, citations: 0, hasEnd: false }],
    ['beyond the citations', { characters: 0, citations: 3, hasEnd: false }],
    ['between the halves of a character', { characters: 4, citations: 0, hasEnd: false }],
    ['at the end without having everything', { characters: 3, citations: 2, hasEnd: true }],
  ])('refuse a position %s', (_case, position) => {
    expect(isPositionOf(state, position)).toBe(false);
  });

  it('refuse the end of a reply that has not ended', () => {
    const position = { characters: 24, citations: 2, hasEnd: true };
    expect(isPositionOf({ ...state, status: 'streaming' }, position)).toBe(false);
    expect(isPositionOf(state, position)).toBe(true);
  });
});
