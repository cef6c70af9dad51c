/** The header every signed answer carries. */
export const SIGNATURE_HEADER = 'Casement-Signature';

/** How far the clock of a verifier may be from the server's. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

/** The parts of `Casement-Signature: t=<unix seconds>,kid=<key id>,v1=<64 lower-case hex digits>`. */
export type Signature = { readonly t: number; readonly kid: string; readonly v1: string };

const SIGNATURE_SHAPE = /^t=(\d{1,12}),kid=([\w.-]{1,64}),v1=([0-9a-f]{64})$/;
/** How many keys may sign at once: a verifier reads no more signatures than this. */
export const MOST_SIGNATURES = 8;

/**
 * The signatures written in a header, separated by commas: while a key is replaced an answer is signed with both. None if
 * any part of the header is not exactly in the grammar.
 */
export function parseSignatures(header: string): readonly Signature[] {
  const parts = header.split(/, ?(?=t=)/, MOST_SIGNATURES + 1);
  const signatures = parts.map(parseSignature).filter((signature) => signature !== undefined);
  return signatures.length === parts.length && parts.length <= MOST_SIGNATURES ? signatures : [];
}

export function formatSignatures(signatures: readonly Signature[]): string {
  return signatures.map(({ t, kid, v1 }) => `t=${t},kid=${kid},v1=${v1}`).join(', ');
}

/** What is signed of an answer. `path` has no query; `bodyHash` is the SHA-256 of the exact body, in hex. */
export type SignedAnswer = {
  readonly t: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bodyHash: string;
};

/** The text that HMAC-SHA256 is taken of. */
export function signedText({ t, method, path, status, bodyHash }: SignedAnswer): string {
  return `${t}.${method}.${path}.${status}.${bodyHash}`;
}

function parseSignature(text: string): Signature | undefined {
  const [, t, kid, v1] = SIGNATURE_SHAPE.exec(text) ?? [];
  return t === undefined || kid === undefined || v1 === undefined ? undefined : { t: Number(t), kid, v1 };
}
