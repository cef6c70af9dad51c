import * as v from 'valibot';

const EXAMPLE = 'a moment such as "2026-01-31T09:00:00Z"';

/** A moment written in a query, as ISO 8601. A day that its month does not have is refused, not moved to the next one. */
export const momentText = v.pipe(
  v.string(),
  v.isoTimestamp(EXAMPLE),
  v.check(hasRealDay, EXAMPLE),
  v.transform((text) => new Date(text)),
  v.check((date) => !Number.isNaN(date.getTime()), EXAMPLE),
);

function hasRealDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 'yyyy-mm-dd'.length).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
