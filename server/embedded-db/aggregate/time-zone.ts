import { MongoError } from '../errors.ts';

const MINUTE_MS = 60_000;
const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The local time of an instant as a Date whose UTC fields read like a clock in the zone. The zone is an Olson name, `UTC`, or an
 * offset `+hh`, `+hhmm`, `+hh:mm`; undefined is UTC. Throws Location40485 for an unknown zone.
 */
export function toLocal(instant: Date, zone: string | undefined): Date {
  return new Date(instant.getTime() + offsetMs(instant, zone));
}

/** The instant of a local time. One that a clock change skips or repeats is taken with the offset in force before the change. */
export function fromLocal(local: Date, zone: string | undefined): Date {
  const guess = new Date(local.getTime() - offsetMs(local, zone));
  return new Date(local.getTime() - offsetMs(guess, zone));
}

/** Minutes the zone is ahead of UTC at this instant. */
export function offsetMinutes(instant: Date, zone: string | undefined): number {
  return Math.round(offsetMs(instant, zone) / MINUTE_MS);
}

function offsetMs(instant: Date, zone: string | undefined): number {
  if (zone === undefined || zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  const offset = OFFSET.exec(zone);
  if (offset === null) return namedOffsetMs(instant, zone);
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  return (offset[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}

function namedOffsetMs(instant: Date, zone: string): number {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const date = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return date - Math.floor(instant.getTime() / 1000) * 1000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  try {
    const numeric = 'numeric';
    const fields = {
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    } as const;
    const formatter = new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', timeZone: zone });
    formatters.set(zone, formatter);
    return formatter;
  } catch {
    throw new MongoError('Location40485', `unrecognized time zone identifier: "${zone}"`);
  }
}
