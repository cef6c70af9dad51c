import * as v from 'valibot';

/** So many questions of a widget are kept, the latest ones. */
export const MOST_UNANSWERED = 200;
/** In characters; of a longer question the beginning is kept. */
export const LONGEST_UNANSWERED = 300;

/** `GET /knowledge/unanswered?limit=`: what visitors asked and no article says, the latest first. */
export const unansweredSchema = v.strictObject({
  questions: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.uuid()),
      /** As it was asked the last time. */
      question: v.string(),
      /** How often it was asked, whatever the case of its letters and its punctuation. */
      count: v.pipe(v.number(), v.integer(), v.minValue(1)),
      lastAskedAt: v.pipe(v.string(), v.isoTimestamp()),
      /** The site it was asked on the last time. */
      origin: v.string(),
    }),
  ),
});
export type Unanswered = v.InferOutput<typeof unansweredSchema>;
