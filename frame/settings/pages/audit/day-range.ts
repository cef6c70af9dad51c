/** The moment a typed day such as "2026-01-31" begins where the admin is, or after it ends; `undefined` if it is none. */
export function momentOfDay(typed: string, edge: 'begin' | 'end'): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  // The calendar would carry "2026-02-31" over into March.
  if (date.getMonth() !== Number(month) - 1 || date.getDate() !== Number(day)) return undefined;
  if (edge === 'end') date.setDate(date.getDate() + 1);
  return date.toISOString();
}
