// The declarations of `casement/verify`, written out so that they need nothing but themselves.
// verify-signature.test.ts holds them against the source.

/** An answer of Casement as it was received. */
export type ReceivedAnswer = {
  /** Of the request, in capitals. */
  readonly method: string;
  /** What was asked for: a whole URL, or a path. A query in it is not part of what is signed. */
  readonly url: string;
  readonly status: number;
  /** The `Casement-Signature` header; several lines of it joined by commas. */
  readonly signature: string | null | undefined;
  /** The exact bytes of the body, or their text in UTF-8, before anything parsed them. */
  readonly body: string | Uint8Array;
};

export type VerifyOptions = {
  /** The signing secrets that are known, by key id. While a key is replaced, both. */
  readonly secrets: Readonly<Record<string, string | Uint8Array>>;
  /** How far the clocks may differ; 300 if not given. */
  readonly toleranceSeconds?: number;
  readonly now?: Date;
};

/**
 * Whether a holder of one of the secrets signed exactly this answer within the tolerance. Answers `false` for whatever is
 * wrong, and never throws. It does not notice an answer that is shown again within the tolerance to the same request.
 */
export function verifySignature(answer: ReceivedAnswer, options: VerifyOptions): boolean;
