import type { AnalyticsQuestion } from '../../api/analytics.ts';

export const PERIODS = [
  { value: '1', label: '24 hours' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const;
export type Period = (typeof PERIODS)[number]['value'];

const HOUR_MS = 60 * 60 * 1000;

/** What is asked for a period that ends now, and for the one of the same length before it. Days are the admin's own. */
export function questionsFor(period: Period, now: Date): { current: AnalyticsQuestion; before: AnalyticsQuestion } {
  const days = Number(period);
  const to = new Date(Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS);
  if (days === 1) {
    const from = daysBefore(to, 1);
    return {
      current: { from, to, unit: 'hour' },
      before: { from: daysBefore(from, 1), to: daysBefore(to, 1), unit: 'hour' },
    };
  }
  const from = daysBefore(now, days - 1);
  from.setHours(0, 0, 0, 0);
  return {
    current: { from, to, unit: 'day' },
    before: { from: daysBefore(from, days), to: daysBefore(to, days), unit: 'day' },
  };
}

/** By the calendar, so that a day with a change of the clocks counts as one. */
function daysBefore(moment: Date, days: number): Date {
  const date = new Date(moment);
  date.setDate(date.getDate() - days);
  return date;
}
