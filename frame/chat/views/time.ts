const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Day and time as a person would write both down, such as "12 March 2026 at 14:02". */
export function exactTime(iso: string, locale: string): string {
  return format(locale, { dateStyle: 'long', timeStyle: 'short' }, iso);
}

/** How long ago it was, such as "2 hours ago" or "yesterday"; from a week on the date. */
export function relativeTime(iso: string, now: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const passed = Math.max(0, now - Date.parse(iso));
  const days = daysBetween(iso, now);
  if (passed < MINUTE_MS) return words.format(0, 'second');
  if (passed < HOUR_MS) return words.format(-Math.floor(passed / MINUTE_MS), 'minute');
  if (days === 0) return words.format(-Math.floor(passed / HOUR_MS), 'hour');
  if (days < 7) return words.format(-days, 'day');
  return format(locale, { dateStyle: 'medium' }, iso);
}

/** The line over messages that were written together, such as "Today 14:02" or "12 March at 14:02". */
export function dayTime(iso: string, now: number, locale: string): string {
  const days = daysBetween(iso, now);
  if (days > 1) return format(locale, { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }, iso);
  const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
  return `${day.charAt(0).toLocaleUpperCase(locale)}${day.slice(1)} ${format(locale, { timeStyle: 'short' }, iso)}`;
}

/** Whether two moments are far enough apart to say the time again. */
export function isLater(before: string, after: string): boolean {
  return Date.parse(after) - Date.parse(before) > 30 * MINUTE_MS;
}

/** Midnights between a moment and now, in the visitor's time zone. */
function daysBetween(iso: string, now: number): number {
  const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.max(0, Math.round((startOfDay(now) - startOfDay(Date.parse(iso))) / DAY_MS));
}

function format(locale: string, options: Intl.DateTimeFormatOptions, iso: string): string {
  return new Intl.DateTimeFormat(locale, options).format(new Date(iso));
}
