const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** One part of a local date, whose UTC fields are read. Weeks after ISO 8601 unless said otherwise. */
export const DATE_PARTS = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  dayOfMonth: (date) => date.getUTCDate(),
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
  millisecond: (date) => date.getUTCMilliseconds(),
  /** 1 is Sunday. */
  dayOfWeek: (date) => date.getUTCDay() + 1,
  /** 1 is Monday. */
  isoDayOfWeek: (date) => date.getUTCDay() || WEEK_DAYS,
  dayOfYear: (date) => dayNumber(date) - firstDay(date.getUTCFullYear()) + 1,
  /** Weeks begin on Sunday; the days before the first one are week 0. */
  week: (date) =>
    Math.floor((dayNumber(date) - firstDay(date.getUTCFullYear()) + WEEK_DAYS - date.getUTCDay()) / WEEK_DAYS),
  isoWeek: (date) => Math.floor((thursdayOf(date) - firstDay(isoYear(date))) / WEEK_DAYS) + 1,
  isoWeekYear: (date) => isoYear(date),
} satisfies Record<string, (date: Date) => number>;

/** Days since 1970-01-01. */
export function dayNumber(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS);
}

function firstDay(year: number): number {
  // Date.UTC takes years below 100 for the 20th century; setUTCFullYear does not.
  return dayNumber(new Date(new Date(0).setUTCFullYear(year, 0, 1)));
}

/** An ISO week belongs to the year its Thursday is in. */
function thursdayOf(date: Date): number {
  return dayNumber(date) - DATE_PARTS.isoDayOfWeek(date) + 4;
}

function isoYear(date: Date): number {
  return new Date(thursdayOf(date) * DAY_MS).getUTCFullYear();
}
