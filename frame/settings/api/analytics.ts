import { type Analytics, type AnalyticsUnit, analyticsSchema } from '../../../shared/analytics-api.ts';
import type { AdminApi } from './admin-api.ts';

export type AnalyticsQuestion = {
  readonly from: Date;
  readonly to: Date;
  readonly unit: AnalyticsUnit;
};

/** What happened from the hour of `from` to the hour of `to`; days are those of the admin's own time zone. */
export function getAnalytics(api: AdminApi, { from, to, unit }: AnalyticsQuestion): Promise<Analytics> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const query = { from: from.toISOString(), to: to.toISOString(), unit, timeZone };
  return api.ask({ method: 'GET', path: '/analytics', query }, analyticsSchema);
}

/** What happened since midnight where the admin is. */
export function getToday(api: AdminApi, now: Date): Promise<Analytics> {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  return getAnalytics(api, { from, to: now, unit: 'hour' });
}
