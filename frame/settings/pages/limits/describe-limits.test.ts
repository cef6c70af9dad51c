import { expect, test } from 'vitest';
import { describeDailyLimit, describeRate } from './describe-limits.ts';

test.each([
  [20, 'On average one message every 3 seconds.'],
  [7, 'On average one message every 8.6 seconds.'],
  [600, 'More than one message every second, which no person writes.'],
  [0, 'At least 1.'],
  [Number.NaN, 'At least 1.'],
])('says what %s messages a minute mean', (rate, sentence) => {
  expect(describeRate(rate)).toBe(sentence);
});

test.each([
  [10_000, 'That is about 417 an hour, and at most 310000 in a month. It begins anew at midnight UTC.'],
  [10, 'That is less than one an hour, and at most 310 in a month. It begins anew at midnight UTC.'],
  [Number.NaN, 'At least 1.'],
])('says what %s messages a day mean', (cap, sentence) => {
  expect(describeDailyLimit(cap, String)).toBe(sentence);
});
