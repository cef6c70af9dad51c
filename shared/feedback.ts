import * as v from 'valibot';

/** What a visitor may think of a reply. */
export const FEEDBACK_RATINGS = ['helpful', 'not-helpful'] as const;
export type FeedbackRating = (typeof FEEDBACK_RATINGS)[number];

/** `POST /messages/:id/feedback`, by the reply's id. The same rating again changes nothing; another one replaces it. */
export const feedbackRequestSchema = v.strictObject({ rating: v.picklist(FEEDBACK_RATINGS) });
