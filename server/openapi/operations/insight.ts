import * as v from 'valibot';
import { analyticsSchema } from '../../../shared/analytics-api.ts';
import { API_BASE } from '../../../shared/api-path.ts';
import { auditLogSchema, auditVerificationSchema } from '../../../shared/audit-api.ts';
import { embedAttemptsSchema } from '../../../shared/embed-attempts-api.ts';
import { analyticsQueryEntries } from '../../http/routes/analytics.ts';
import { auditQueryEntries } from '../../http/routes/audit-log.ts';
import { explainQuery, type OperationDocs } from '../operation.ts';

/** The routes of `analytics.ts`, `audit-log.ts` and `reports.ts`. */
export const INSIGHT_OPERATIONS: OperationDocs = {
  [`GET ${API_BASE}/analytics`]: {
    id: 'readAnalytics',
    summary: 'Read what happened, by hour or day and by site',
    about: 'By the hour 62 days at most, by the day 400.',
    tag: 'Insight',
    guard: 'admin',
    permission: 'analytics:read',
    query: explainQuery(analyticsQueryEntries, {
      from: 'From this moment on, in UTC; the last day by the hour, the last 30 days by the day, if not given.',
      to: 'Up to this moment, in UTC; now, if not given.',
      unit: 'What is counted together.',
      timeZone: 'Whose days are meant, such as `Europe/Berlin`.',
    }),
    answers: { 200: { about: 'Totals, a series without gaps, and each site.', schema: analyticsSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`GET ${API_BASE}/audit-log`]: {
    id: 'readAuditLog',
    summary: 'Read what admins did, newest first',
    tag: 'Insight',
    guard: 'admin',
    permission: 'audit:read',
    query: explainQuery(auditQueryEntries, {
      act: 'Only acts of this kind.',
      actor: 'Only acts of this subject.',
      from: 'From this moment on, in UTC.',
      to: 'Up to this moment, in UTC.',
      before: 'Only entries before this one: `next` of the page before.',
      limit: 'How many at most.',
    }),
    answers: { 200: { about: 'A page of entries.', schema: auditLogSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`GET ${API_BASE}/audit-log/verification`]: {
    id: 'verifyAuditLog',
    summary: 'Verify that the audit log is as it was written',
    tag: 'Insight',
    guard: 'admin',
    permission: 'audit:read',
    answers: { 200: { about: 'Whether it is, and where it is not.', schema: auditVerificationSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`GET ${API_BASE}/reports`]: {
    id: 'listEmbedAttempts',
    summary: 'List who tried to embed the widget and was refused',
    tag: 'Insight',
    guard: 'admin',
    permission: 'analytics:read',
    answers: { 200: { about: 'The attempts, most recent first.', schema: embedAttemptsSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`POST ${API_BASE}/reports`]: {
    id: 'reportViolation',
    summary: 'Take a browser’s report of a violated policy',
    about: 'Browsers send it by themselves. In a flood only samples are read; at most 8 KiB.',
    tag: 'Embedding',
    guard: 'public',
    body: {
      schema: v.union([
        v.looseObject({ 'csp-report': v.looseObject({}) }),
        v.array(v.looseObject({ type: v.string() })),
      ]),
      mediaTypes: ['application/csp-report', 'application/reports+json'],
    },
    answers: { 204: { about: 'Taken.' } },
    errors: ['RATE_LIMITED', 'STORE_UNAVAILABLE'],
  },
};
