import * as v from 'valibot';
import { actorSchema } from './settings-api.ts';

/** What an admin can do. Each act is one entry of the audit log of its widget. */
export const AUDIT_ACTS = [
  'widget-created',
  'settings-saved',
  'settings-restored',
  'key-rotated',
  'key-revoked',
  'article-saved',
  'article-deleted',
] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What `hash` is taken of: SHA-256 of the JSON of all other fields, keys sorted, without white space. */
export const auditEntrySchema = v.strictObject({
  widgetId: v.string(),
  /** 1, 2, 3 and so on within a widget. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  at: v.pipe(v.string(), v.isoTimestamp()),
  actor: actorSchema,
  act: v.picklist(AUDIT_ACTS),
  details: v.record(v.string(), v.unknown()),
  /** The hash of the entry before; 64 zeros for the first. */
  previousHash: hashSchema,
  hash: hashSchema,
});
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;

/** `GET /audit-log?act=&actor=&from=&to=&before=&limit=`, newest first. */
export const auditLogSchema = v.strictObject({
  entries: v.array(auditEntrySchema),
  /** For `before`, if there may be older ones. */
  next: v.nullable(v.number()),
});
export type AuditLog = v.InferOutput<typeof auditLogSchema>;

/** `GET /audit-log/verification`: whether the whole log is as it was written. */
export const auditVerificationSchema = v.strictObject({
  isIntact: v.boolean(),
  /** How many entries were read: all, or those up to the first that is wrong. */
  checked: v.pipe(v.number(), v.integer()),
  /** The number of the first entry that is missing or not as it was written. */
  brokenAt: v.nullable(v.number()),
  /** The newest entry. Keep a copy elsewhere: entries that are cut off at the end leave no other trace. */
  head: v.nullable(v.strictObject({ seq: v.number(), hash: hashSchema })),
});
export type AuditVerification = v.InferOutput<typeof auditVerificationSchema>;
