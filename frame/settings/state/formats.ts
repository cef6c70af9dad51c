const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Writes moments and numbers as the admin's locale does, in the admin's own time zone. */
export type Formats = {
  /** How long ago or ahead, such as "2 hours ago" or "tomorrow"; from a week on the date. */
  relative(iso: string): string;
  /** Day and time as a person would write both down. */
  exact(iso: string): string;
  day(iso: string): string;
  number(value: number): string;
  percent(share: number): string;
};

/** `locale` is a language tag, or `""` for the browser's own. */
export function createFormats(locale: string, now: () => number): Formats {
  const tag = locale === '' ? undefined : locale;
  const words = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const exact = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const number = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });

  return {
    relative(iso) {
      const ahead = Date.parse(iso) - now();
      const far = Math.abs(ahead);
      if (far < MINUTE_MS) return words.format(0, 'second');
      if (far < HOUR_MS) return words.format(Math.trunc(ahead / MINUTE_MS), 'minute');
      if (far < DAY_MS) return words.format(Math.trunc(ahead / HOUR_MS), 'hour');
      if (far < 7 * DAY_MS) return words.format(Math.trunc(ahead / DAY_MS), 'day');
      return day.format(Date.parse(iso));
    },
    exact: (iso) => exact.format(Date.parse(iso)),
    day: (iso) => day.format(Date.parse(iso)),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
  };
}
