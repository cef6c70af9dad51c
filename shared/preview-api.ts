import * as v from 'valibot';

/** A preview ticket is used within this time, once, or never. */
export const PREVIEW_TICKET_SECONDS = 60;

/** `POST /preview` */
export const previewRequestSchema = v.strictObject({
  /**
   * SHA-256, in base64url, of the nonce in the fragment of the preview's own address. Only the document that has the nonce
   * can use the ticket, so a ticket that is overheard on the way to it is of no use.
   */
  challenge: v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'a SHA-256 in base64url')),
});

export const previewAnswerSchema = v.strictObject({
  /** For the document of the preview, over the port. */
  ticket: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
  expiresInSeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type PreviewAnswer = v.InferOutput<typeof previewAnswerSchema>;
