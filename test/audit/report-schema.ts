import * as v from 'valibot';
import { CASE_KINDS, type CaseKind } from '../isolation/case-catalogue.ts';
import { CLAIMS, type ClaimId } from '../isolation/claims.ts';

/** `skipped` and `not run` are never counted as passed: a case that was tried in part is `skipped`. */
export const CASE_RESULTS = ['passed', 'failed', 'skipped', 'not run'] as const;

/** `kept` says that no case broke the promise and at least one tried to. */
export const CLAIM_RESULTS = ['kept', 'broken', 'not tried'] as const;

const CLAIM_IDS = Object.keys(CLAIMS) as [ClaimId, ...ClaimId[]];
const KINDS = Object.keys(CASE_KINDS) as [CaseKind, ...CaseKind[]];
const Moment = v.pipe(v.string(), v.isoTimestamp());
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const Attempt = v.strictObject({
  /** The name of the test, or what the audit of a deployment tried. */
  name: v.string(),
  /** From the root of the repository. */
  file: v.string(),
  result: v.picklist(CASE_RESULTS),
  milliseconds: v.number(),
  /** What was seen, in a few lines; everything is in the evidence file. */
  observed: v.array(v.string()),
  error: v.optional(v.string()),
});

const Case = v.strictObject({
  id: v.number(),
  claims: v.array(v.picklist(CLAIM_IDS)),
  kind: v.picklist(KINDS),
  title: v.string(),
  expected: v.string(),
  result: v.picklist(CASE_RESULTS),
  /** Why it was not run. */
  reason: v.optional(v.string()),
  observed: v.array(v.string()),
  attempts: v.array(Attempt),
  /** A file beside the report with all that was observed. */
  evidence: v.optional(v.strictObject({ file: v.string(), sha256: Sha256, bytes: v.number() })),
});

const Counts = v.strictObject({
  passed: v.number(),
  failed: v.number(),
  skipped: v.number(),
  notRun: v.number(),
});

/** `isolation-report.json`. A change that readers of version 1 could not read gets another version. */
export const IsolationReportSchema = v.strictObject({
  schema: v.literal('casement-isolation-report'),
  version: v.literal(1),
  subject: v.variant('kind', [
    v.strictObject({ kind: v.literal('source') }),
    v.strictObject({
      kind: v.literal('deployment'),
      target: v.string(),
      key: v.string(),
      /** The allowlisted origin the auditor gave; without it nothing that needs one was tried. */
      origin: v.optional(v.string()),
    }),
  ]),
  /** Of the tests; they are also the source under test if the subject is the source. */
  source: v.strictObject({ version: v.string(), commit: v.string(), hasLocalChanges: v.boolean() }),
  startedAt: Moment,
  endedAt: Moment,
  environment: v.strictObject({
    os: v.string(),
    node: v.string(),
    browser: v.strictObject({ name: v.string(), version: v.string() }),
  }),
  browsersNotRun: v.array(v.strictObject({ name: v.string(), reason: v.string() })),
  counts: Counts,
  claims: v.array(
    v.strictObject({
      id: v.picklist(CLAIM_IDS),
      promise: v.string(),
      control: v.string(),
      result: v.picklist(CLAIM_RESULTS),
      cases: v.array(v.number()),
    }),
  ),
  cases: v.array(Case),
  /** What went wrong beside the cases, such as a file of tests that could not be read. */
  errors: v.array(v.string()),
});

export type IsolationReport = v.InferOutput<typeof IsolationReportSchema>;
export type ReportedCase = IsolationReport['cases'][number];
export type ReportedAttempt = v.InferOutput<typeof Attempt>;
export type CaseResult = (typeof CASE_RESULTS)[number];
export type ClaimResult = (typeof CLAIM_RESULTS)[number];
