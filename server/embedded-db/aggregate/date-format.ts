import { MongoError } from '../errors.ts';
import { DATE_PARTS } from './date-parts.ts';
import { offsetMinutes, toLocal } from './time-zone.ts';

type Context = { local: Date; offset: number };

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const SPECIFIERS: Record<string, (context: Context) => string> = {
  '%': () => '%',
  Y: ({ local }) => pad(DATE_PARTS.year(local), 4),
  m: ({ local }) => pad(DATE_PARTS.month(local), 2),
  d: ({ local }) => pad(DATE_PARTS.dayOfMonth(local), 2),
  H: ({ local }) => pad(DATE_PARTS.hour(local), 2),
  M: ({ local }) => pad(DATE_PARTS.minute(local), 2),
  S: ({ local }) => pad(DATE_PARTS.second(local), 2),
  L: ({ local }) => pad(DATE_PARTS.millisecond(local), 3),
  j: ({ local }) => pad(DATE_PARTS.dayOfYear(local), 3),
  w: ({ local }) => String(DATE_PARTS.dayOfWeek(local)),
  u: ({ local }) => String(DATE_PARTS.isoDayOfWeek(local)),
  U: ({ local }) => pad(DATE_PARTS.week(local), 2),
  V: ({ local }) => pad(DATE_PARTS.isoWeek(local), 2),
  G: ({ local }) => pad(DATE_PARTS.isoWeekYear(local), 4),
  b: ({ local }) => (MONTHS[local.getUTCMonth()] ?? '').slice(0, 3),
  B: ({ local }) => MONTHS[local.getUTCMonth()] ?? '',
  z: ({ offset }) =>
    `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60), 2)}${pad(Math.abs(offset) % 60, 2)}`,
  Z: ({ offset }) => `${offset < 0 ? '-' : '+'}${pad(Math.abs(offset), 3)}`,
};

/** Formats a date by `$dateToString`'s specifiers in a time zone; ISO 8601 when no format is given. */
export function formatDate(date: Date, format: string | undefined, zone: string | undefined): string {
  const pattern = format ?? `%Y-%m-%dT%H:%M:%S.%L${zone === undefined ? 'Z' : ''}`;
  const context = { local: toLocal(date, zone), offset: offsetMinutes(date, zone) };
  return pattern.replace(/%(.?)/gs, (whole, name: string) => {
    const specifier = Object.hasOwn(SPECIFIERS, name) ? SPECIFIERS[name] : undefined;
    if (specifier !== undefined) return specifier(context);
    throw new MongoError('Location18536', `Invalid format character '${whole}' in format string`);
  });
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
