import * as v from 'valibot';
import { settingsVersionSchema } from './settings-api.ts';

/** What a draft takes up at most as JSON: room for 5,000 sites. */
export const DRAFT_MAX_BYTES = 384 * 1024;
export const DRAFT_LIFETIME_DAYS = 30;

/** Settings are four levels deep. */
const DEEPEST = 16;

/** Settings that are being edited: an object of any content, because in the middle of an edit much is not valid. */
const draftSettingsSchema = v.pipe(
  v.unknown(),
  // To valibot a list is an object without the fields.
  v.check((settings) => !Array.isArray(settings), 'a JSON object'),
  v.record(v.string(), v.unknown()),
  v.check((settings) => isWithinDepth(settings, DEEPEST), `at most ${DEEPEST} levels deep`),
);

/** `PUT /draft` */
export const saveDraftRequestSchema = v.strictObject({
  /** The version the edit began from. */
  baseVersion: settingsVersionSchema,
  settings: draftSettingsSchema,
});
export type SaveDraftRequest = v.InferOutput<typeof saveDraftRequestSchema>;

const momentSchema = v.pipe(v.string(), v.isoTimestamp());

/** The answer of `PUT /draft`. */
export const savedDraftAnswerSchema = v.strictObject({ savedAt: momentSchema });
export type SavedDraftAnswer = v.InferOutput<typeof savedDraftAnswerSchema>;

/** `GET /draft`: the caller's own unpublished edit of the widget, if they left one. */
export const draftAnswerSchema = v.strictObject({
  draft: v.nullable(
    v.strictObject({
      baseVersion: settingsVersionSchema,
      settings: v.record(v.string(), v.unknown()),
      savedAt: momentSchema,
    }),
  ),
});
export type DraftAnswer = v.InferOutput<typeof draftAnswerSchema>;

function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithinDepth(inner, levels - 1));
}
