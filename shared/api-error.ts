import * as v from 'valibot';
import { ERROR_STATUS, type ErrorCode } from './error-code.ts';

/** The body of every answer that is not a success. */
export const apiErrorSchema = v.strictObject({
  error: v.strictObject({
    code: v.picklist(Object.keys(ERROR_STATUS) as ErrorCode[]),
    /** For people: what is wrong, with the value in quotes. */
    message: v.string(),
    requestId: v.string(),
    /** For `INVALID_REQUEST`: where, such as `text` or `starterQuestions.2`. */
    field: v.optional(v.string()),
  }),
});
export type ApiErrorBody = v.InferOutput<typeof apiErrorSchema>;
