import { describe, expect, test } from 'vitest';
import { isTimeZone, startOfDay, startsOf, wholeHour } from './time-series.ts';

const at = (text: string) => new Date(text);
const iso = (moments: readonly Date[]) => moments.map((moment) => moment.toISOString().slice(0, 16));

describe('hours', () => {
  test('are all of a span, its end excluded', () => {
    const span = { from: at('2026-03-01T22:00Z'), to: at('2026-03-02T01:00Z'), unit: 'hour', timeZone: 'UTC' } as const;
    expect(iso(startsOf(span))).toEqual(['2026-03-01T22:00', '2026-03-01T23:00', '2026-03-02T00:00']);
  });
});

describe('days', () => {
  test('begin at midnight of the time zone, the first one with the span', () => {
    const span = {
      from: at('2026-01-01T12:00Z'),
      to: at('2026-01-03T00:00Z'),
      unit: 'day',
      timeZone: 'America/New_York',
    } as const;
    expect(iso(startsOf(span))).toEqual(['2026-01-01T12:00', '2026-01-02T05:00']);
  });

  test('have 23 hours in spring and 25 in autumn where clocks change', () => {
    const days = (from: string, to: string) =>
      startsOf({ from: at(from), to: at(to), unit: 'day', timeZone: 'Europe/Berlin' });
    expect(iso(days('2026-03-27T23:00Z', '2026-03-30T22:00Z'))).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
    ]);
    expect(iso(days('2026-10-23T22:00Z', '2026-10-26T23:00Z'))).toEqual([
      '2026-10-23T22:00',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ]);
  });

  test('begin with the next whole hour where midnight is at half past', () => {
    const span = { from: at('2026-01-01T00:00Z'), to: at('2026-01-02T00:00Z'), unit: 'day', timeZone: 'Asia/Kolkata' };
    expect(iso(startsOf({ ...span, unit: 'day' }))).toEqual(['2026-01-01T00:00', '2026-01-01T19:00']);
  });
});

test.each([
  ['UTC', 0, '2026-05-10T00:00'],
  ['Europe/Berlin', 0, '2026-05-09T22:00'],
  ['Europe/Berlin', 2, '2026-05-07T22:00'],
  ['Pacific/Auckland', 0, '2026-05-09T12:00'],
])('the day in %s, %i days before, begins at %s', (timeZone, daysBefore, start) => {
  expect(iso([startOfDay(at('2026-05-10T11:30Z'), timeZone, daysBefore)])).toEqual([start]);
});

test('a whole hour is the one before or the one after', () => {
  expect(iso([wholeHour(at('2026-05-10T11:30Z')), wholeHour(at('2026-05-10T11:30Z'), 'up')])).toEqual([
    '2026-05-10T11:00',
    '2026-05-10T12:00',
  ]);
  expect(iso([wholeHour(at('2026-05-10T11:00Z'), 'up')])).toEqual(['2026-05-10T11:00']);
});

test.each([
  ['UTC', true],
  ['Europe/Berlin', true],
  ['Europe/Atlantis', false],
  ['', false],
  ['+25:00', false],
])('"%s" is a time zone: %s', (name, isOne) => {
  expect(isTimeZone(name)).toBe(isOne);
});
