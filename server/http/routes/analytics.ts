import * as v from 'valibot';
import { ANALYTICS_UNITS, type AnalyticsUnit } from '../../../shared/analytics-api.ts';
import { API_BASE } from '../../../shared/api-path.ts';
import { requireAdminWidget } from '../../domain/admin-widget.ts';
import { type AnalyticsQuestion, type ReportParts, reportAnalytics } from '../../domain/analytics-report.ts';
import { isTimeZone, startOfDay, wholeHour } from '../../domain/time-series.ts';
import { AppError } from '../../errors.ts';
import { parseAdminQuery } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { momentText } from '../moment-text.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The longest time that is answered in one piece. */
const MOST_DAYS: Readonly<Record<AnalyticsUnit, number>> = { hour: 62, day: 400 };
/** What is answered if nobody says from when. */
const USUAL_DAYS: Readonly<Record<AnalyticsUnit, number>> = { hour: 1, day: 30 };

const momentSchema = v.optional(momentText);

/** What is asked for, beside the widget. */
export const analyticsQueryEntries = {
  from: momentSchema,
  to: momentSchema,
  unit: v.optional(v.picklist(ANALYTICS_UNITS), 'day'),
  timeZone: v.optional(
    v.pipe(v.string(), v.maxLength(60), v.check(isTimeZone, 'a time zone such as "Europe/Berlin"')),
    'UTC',
  ),
};

type Dependencies = ReportParts & { readonly now: () => Date };

/** What happened to a widget, for everybody who may see its settings. */
export function createAnalyticsRoutes({ now, ...parts }: Dependencies): readonly Route[] {
  return [
    defineAdminRoute({
      method: 'GET',
      path: `${API_BASE}/analytics`,
      permission: 'analytics:read',
      async handle(ctx, caller) {
        const { widget: _slug, ...query } = parseAdminQuery(ctx, analyticsQueryEntries);
        const question = toQuestion(query, now());
        const { id } = await requireAdminWidget(caller);
        ctx.body = await reportAnalytics(id, question, parts);
      },
    }),
  ];
}

type Query = { from?: Date | undefined; to?: Date | undefined; unit: AnalyticsUnit; timeZone: string };

/** Whole hours, and by days whole days unless somebody says otherwise. Throws AppError `INVALID_REQUEST`. */
function toQuestion({ unit, timeZone, ...asked }: Query, now: Date): AnalyticsQuestion {
  const to = wholeHour(asked.to ?? now, 'up');
  const usual =
    unit === 'day'
      ? startOfDay(new Date(to.getTime() - 1), timeZone, USUAL_DAYS.day - 1)
      : new Date(to.getTime() - USUAL_DAYS.hour * DAY_MS);
  const from = wholeHour(asked.from ?? usual);
  const refuse = (message: string) => new AppError('INVALID_REQUEST', { field: 'from', message: `"from": ${message}` });
  if (from >= to) throw refuse(`"${from.toISOString()}" is not before "${to.toISOString()}"`);
  if (to.getTime() - from.getTime() > MOST_DAYS[unit] * DAY_MS) {
    throw refuse(`"${from.toISOString()}" is too early: by ${unit}, at most ${MOST_DAYS[unit]} days can be asked for`);
  }
  return { from, to, unit, timeZone };
}
