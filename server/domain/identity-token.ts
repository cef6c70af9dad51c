import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import * as v from 'valibot';
import { AppError } from '../errors.ts';
import type { SigningKey } from './answer-signer.ts';

/** Who a visitor is, as the company calls them, and the key the company said it with. */
export type VisitorIdentity = { readonly subject: string; readonly keyId: string };

type Expectation = {
  /** The identity keys of the widget that work now. */
  readonly keys: readonly SigningKey[];
  /** The public keys of the widget that work now. */
  readonly audiences: readonly string[];
  readonly now: Date;
};

export const LONGEST_IDENTITY_SECONDS = 15 * 60;
const CLOCK_TOLERANCE_SECONDS = 30;

const subjectSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.regex(/^[^\p{Cc}\p{Cs}]+$/u));

/**
 * Reads what a company's backend says about a visitor: a JWT (RFC 7519) signed with HS256 and one of the widget's identity
 * keys, with `sub`, with one of the widget's public keys as `aud`, and with `exp` at most 15 minutes ahead. Throws
 * AppError `IDENTITY_EXPIRED` or, with what is wrong for whoever writes that backend, `IDENTITY_INVALID`.
 */
export async function readIdentityToken(
  token: string,
  { keys, audiences, now }: Expectation,
): Promise<VisitorIdentity> {
  for (const { id, secret } of keysFor(token, keys)) {
    const payload = await verify(token, secret, { audiences, now });
    if (payload === undefined) continue;
    const aheadSeconds = (payload.exp ?? 0) - now.getTime() / 1000;
    if (aheadSeconds > LONGEST_IDENTITY_SECONDS + CLOCK_TOLERANCE_SECONDS) {
      throw refusal(`"exp" is ${Math.round(aheadSeconds)} seconds ahead; ${LONGEST_IDENTITY_SECONDS} are the most`);
    }
    const { success, output: subject } = v.safeParse(subjectSchema, payload.sub);
    if (!success) throw refusal('"sub" has to be 1 to 200 characters');
    return { subject, keyId: id };
  }
  throw refusal('It is not signed with HS256 and an identity key of this widget');
}

/** The key the token names, if it names one of these; else all of them. */
function keysFor(token: string, keys: readonly SigningKey[]): readonly SigningKey[] {
  try {
    const { kid } = decodeProtectedHeader(token);
    const named = keys.filter(({ id }) => id === kid);
    return named.length > 0 ? named : keys;
  } catch (cause) {
    throw refusal('It is not a JWT', cause);
  }
}

/** What the token says, or `undefined` if this is not the key it was signed with. */
async function verify(
  token: string,
  secret: SigningKey['secret'],
  { audiences, now }: Pick<Expectation, 'audiences' | 'now'>,
): Promise<JWTPayload | undefined> {
  const key = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: [...audiences],
      // jose accepts a token without an end; we do not.
      requiredClaims: ['sub', 'aud', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWSSignatureVerificationFailed || cause instanceof errors.JOSEAlgNotAllowed) {
      return undefined;
    }
    if (cause instanceof errors.JWTExpired) throw new AppError('IDENTITY_EXPIRED', { cause });
    if (cause instanceof errors.JWTClaimValidationFailed) throw refusal(describeClaim(cause), cause);
    throw refusal('It is not a JWT', cause);
  }
}

function describeClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `"${claim}" is missing`;
  if (claim === 'aud') return '"aud" is not a public key of this widget';
  if (claim === 'nbf') return '"nbf" is in the future';
  return `"${claim}" is not valid`;
}

function refusal(why: string, cause?: unknown): AppError {
  return new AppError('IDENTITY_INVALID', { field: 'jwt', message: `The visitor's token is refused: ${why}`, cause });
}
