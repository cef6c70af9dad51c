import { expect, test } from 'vitest';
import type { Counts } from '../../../../shared/analytics-api.ts';
import { describeChange, summarise } from './summary.ts';

const NOTHING: Counts = {
  configurations: 0,
  frames: 0,
  opened: 0,
  conversations: 0,
  messages: 0,
  replies: 0,
  sourced: 0,
  stopped: 0,
  failures: {},
  helpful: 0,
  notHelpful: 0,
  limitsReached: 0,
  embedsRefused: 0,
  firstTokenMs: null,
};
const percent = (share: number) => `${Math.round(share * 100)}%`;
const figuresOf = (now: Partial<Counts>, before: Partial<Counts> = {}) =>
  Object.fromEntries(
    summarise({ ...NOTHING, ...now }, { ...NOTHING, ...before }, { number: String, percent }).map(
      ({ label, value, note }) => [label, `${value} | ${note}`],
    ),
  );

test('says of nothing that it is nothing, and divides by no zero', () => {
  expect(figuresOf({})).toMatchObject({
    Conversations: '0 | None before either',
    'Answered from a source': '– | No reply before',
    'First words, median': '– | Nothing measured',
    Helpful: '– | No feedback',
  });
});

test('compares with the period before', () => {
  const now = { conversations: 12, replies: 10, sourced: 9, failures: { MODEL_TIMEOUT: 2, MODEL_BUSY: 1 } };
  const figures = figuresOf(
    { ...now, firstTokenMs: { median: 800, p95: 2_100 }, helpful: 3, notHelpful: 1 },
    { conversations: 10, replies: 4, sourced: 2 },
  );
  expect(figures).toMatchObject({
    Conversations: '12 | +20% on the period before',
    'Answered from a source': '90% | 50% before',
    'First words, median': '0.8 s | 95th percentile 2.1 s',
    Helpful: '75% | 4 visitors said',
    'Failed replies': '3 | 0 before',
  });
});

test.each([
  [5, 10, '-50% on the period before'],
  [10, 10, 'As many as before'],
  [10, 0, 'None before'],
])('says how %s changed from %s', (now, before, words) => {
  expect(describeChange(now, before, percent)).toBe(words);
});
