import { MongoError, notImplemented } from '../errors.ts';
import { dayNumber } from './date-parts.ts';
import { fromLocal, toLocal } from './time-zone.ts';

const MILLISECONDS = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
const MONTHS = { year: 12, quarter: 3, month: 1 };
const DAYS = { week: 7, day: 1 };
const DAY_MS = 86_400_000;

/** Where bins begin to be counted: 2000-01-01, local time. */
const REFERENCE = new Date('2000-01-01T00:00:00Z');
const WEEK_STARTS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export type DateUnit = keyof typeof MILLISECONDS | keyof typeof MONTHS | keyof typeof DAYS;

export type DateSettings = { unit: DateUnit; zone: string | undefined; startOfWeek?: string | undefined };

export function isDateUnit(unit: unknown): unit is DateUnit {
  return typeof unit === 'string' && (unit in MILLISECONDS || unit in MONTHS || unit in DAYS);
}

/** Adds units: days and longer by the calendar of the zone, a day past the end of a month becoming its last. */
export function addToDate(date: Date, amount: number, { unit, zone }: DateSettings): Date {
  if (isClockUnit(unit)) return new Date(date.getTime() + amount * MILLISECONDS[unit]);
  const local = toLocal(date, zone);
  if (isDayUnit(unit)) return fromLocal(new Date(local.getTime() + amount * DAYS[unit] * DAY_MS), zone);
  return fromLocal(addMonths(local, amount * MONTHS[unit]), zone);
}

/** How many boundaries of the unit lie between the two, negative when the end is earlier. */
export function countBoundaries(start: Date, end: Date, settings: DateSettings): number {
  return boundaryIndex(toLocal(end, settings.zone), settings) - boundaryIndex(toLocal(start, settings.zone), settings);
}

/** The start of the unit, or of the bin of several, that the date falls in. Bins of weeks are not supported. */
export function truncateDate(date: Date, binSize: number, settings: DateSettings): Date {
  const { unit, zone } = settings;
  const local = toLocal(date, zone);
  if (isClockUnit(unit)) {
    const bin = MILLISECONDS[unit] * binSize;
    const past = modulo(local.getTime() - REFERENCE.getTime(), bin);
    return new Date(date.getTime() - past);
  }
  if (unit === 'week') return fromLocal(startOfWeek(local, binSize, settings), zone);
  if (unit === 'day') {
    const past = modulo(dayNumber(local) - dayNumber(REFERENCE), binSize);
    return fromLocal(new Date((dayNumber(local) - past) * DAY_MS), zone);
  }
  const months = monthIndex(local) - monthIndex(REFERENCE);
  const first = months - modulo(months, MONTHS[unit] * binSize);
  return fromLocal(addMonths(REFERENCE, first), zone);
}

function boundaryIndex(local: Date, { unit, startOfWeek: start }: DateSettings): number {
  if (isClockUnit(unit)) return Math.floor(local.getTime() / MILLISECONDS[unit]);
  if (unit === 'day') return dayNumber(local);
  if (unit === 'week') return Math.floor((dayNumber(local) + mondayOffset(start)) / DAYS.week);
  return Math.floor(monthIndex(local) / MONTHS[unit]);
}

function startOfWeek(local: Date, binSize: number, { startOfWeek: start }: DateSettings): Date {
  if (binSize !== 1) throw notImplemented('$dateTrunc to several weeks');
  const day = dayNumber(local);
  return new Date((day - modulo(day + mondayOffset(start), DAYS.week)) * DAY_MS);
}

/** 1970-01-01 was a Thursday, three days after a Monday; weeks begin on Sunday unless said otherwise. */
function mondayOffset(start = 'sun'): number {
  const index = WEEK_STARTS.indexOf(start.toLowerCase().slice(0, 3));
  if (index === -1) throw new MongoError('Location5439015', `"${start}" is not a day of the week`);
  return 3 - index;
}

function addMonths(local: Date, months: number): Date {
  const result = new Date(local);
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + months);
  const lastDay = new Date(result);
  lastDay.setUTCMonth(lastDay.getUTCMonth() + 1, 0);
  result.setUTCDate(Math.min(local.getUTCDate(), lastDay.getUTCDate()));
  return result;
}

function monthIndex(local: Date): number {
  return local.getUTCFullYear() * MONTHS.year + local.getUTCMonth();
}

function isClockUnit(unit: DateUnit): unit is keyof typeof MILLISECONDS {
  return unit in MILLISECONDS;
}

function isDayUnit(unit: DateUnit): unit is keyof typeof DAYS {
  return unit in DAYS;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
