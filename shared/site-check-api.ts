import * as v from 'valibot';

/** `POST /settings/check-site`: a line of an allowlist as somebody typed it. Nothing is saved. */
export const checkSiteRequestSchema = v.strictObject({ site: v.pipe(v.string(), v.maxLength(1_000)) });

/** What the line would be kept as, or why it cannot be one. */
export const checkedSiteSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('accepted'), saved: v.string() }),
  v.strictObject({ kind: v.literal('refused'), reason: v.string() }),
]);
export type CheckedSite = v.InferOutput<typeof checkedSiteSchema>;
