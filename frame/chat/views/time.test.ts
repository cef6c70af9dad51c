import { expect, test } from 'vitest';
import { dayTime, exactTime, isLater, relativeTime } from './time.ts';

// Local times, so that the test means the same in every time zone.
const moment = (day: number, hour = 14, minute = 2) => new Date(2026, 2, day, hour, minute).toISOString();
const NOW = Date.parse(moment(12, 18, 0));

test.each([
  [moment(12, 18, 0), 'now'],
  [moment(12, 17, 45), '15 minutes ago'],
  [moment(12, 14), '3 hours ago'],
  [moment(11, 23), 'yesterday'],
  [moment(8), '4 days ago'],
  [moment(1), 'Mar 1, 2026'],
  [moment(13), 'now'],
])('says how long ago %s was', (when, said) => {
  expect(relativeTime(when, NOW, 'en')).toBe(said);
});

test('counts what was before midnight as yesterday, however few hours ago', () => {
  expect(relativeTime(moment(11, 22), Date.parse(moment(12, 1)), 'en')).toBe('yesterday');
});

test.each([
  [moment(12), 'en', /^Today 2:02\sPM$/],
  [moment(11), 'en', /^Yesterday 2:02\sPM$/],
  [moment(9), 'en', /^March 9 at 2:02\sPM$/],
  [moment(12), 'de', /^Heute 14:02$/],
])('heads messages of %s in %s', (when, locale, said) => {
  expect(dayTime(when, NOW, locale)).toMatch(said);
});

test('says the exact moment on demand', () => {
  expect(exactTime(moment(12), 'en')).toMatch(/^March 12, 2026 at 2:02\sPM$/);
});

test('says the time again after half an hour of silence', () => {
  expect(isLater(moment(12, 14, 0), moment(12, 14, 30))).toBe(false);
  expect(isLater(moment(12, 14, 0), moment(12, 14, 31))).toBe(true);
});
