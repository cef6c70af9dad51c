import type { AnalyticsUnit } from '../../shared/analytics-api.ts';

export type TimeSpan = {
  /** Whole hours, `to` excluded. */
  readonly from: Date;
  readonly to: Date;
  readonly unit: AnalyticsUnit;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
};

const HOUR_MS = 3_600_000;

/**
 * Where the hours or days of a span begin; the first one begins with the span. A day is one of the calendar of the time
 * zone, so that it has 23 or 25 hours when clocks change. Where midnight is not at a whole hour of UTC, a day begins with
 * the next hour.
 */
export function startsOf({ from, to, unit, timeZone }: TimeSpan): readonly Date[] {
  const dayOf = dayFormatter(timeZone);
  const starts: Date[] = [];
  for (let start = from; start < to; start = unit === 'hour' ? plusHours(start, 1) : nextDay(start, dayOf)) {
    starts.push(start);
  }
  return starts;
}

/** The beginning of the day, in the time zone, that is `daysBefore` days before the one of `moment`. */
export function startOfDay(moment: Date, timeZone: string, daysBefore = 0): Date {
  const dayOf = dayFormatter(timeZone);
  let start = wholeHour(moment);
  for (let passed = 0; passed <= daysBefore; passed++) {
    const day = dayOf(start);
    let before = plusHours(start, -1);
    while (dayOf(before) === day) {
      start = before;
      before = plusHours(before, -1);
    }
    if (passed < daysBefore) start = before;
  }
  return start;
}

/** Whether the engine knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    dayFormatter(name);
    return true;
  } catch {
    return false;
  }
}

export function wholeHour(moment: Date, round: 'down' | 'up' = 'down'): Date {
  return new Date(Math[round === 'up' ? 'ceil' : 'floor'](moment.getTime() / HOUR_MS) * HOUR_MS);
}

function plusHours(moment: Date, hours: number): Date {
  return new Date(moment.getTime() + hours * HOUR_MS);
}

function nextDay(start: Date, dayOf: (moment: Date) => string): Date {
  const day = dayOf(start);
  let next = plusHours(start, 1);
  while (dayOf(next) === day) next = plusHours(next, 1);
  return next;
}

/** The date that a calendar in the time zone shows. */
function dayFormatter(timeZone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (moment) => format.format(moment);
}
