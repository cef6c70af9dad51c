import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import { SESSION_LIFETIME_SECONDS, SESSION_LONGEST_SECONDS } from '../../shared/session.ts';
import { AppError } from '../errors.ts';

/** What a session token says. All its tokens name the same session, and none outlives eight hours from `startedAt`. */
export type SessionClaims = {
  readonly sessionId: string;
  readonly browserId: string;
  readonly origin: Origin;
  readonly startedAt: Date;
} & SessionSubject;

/** What the session is with: the widget of a key, or a draft in its preview. */
type SessionSubject = { readonly publicKey: PublicKey } | { readonly draftId: string };

export type SessionToken = { readonly token: string; readonly expiresInSeconds: number };

const TYPE = 'casement-session+jwt';

const claimsSchema = v.object({
  sid: v.pipe(v.string(), v.uuid()),
  sub: v.pipe(v.string(), v.uuid()),
  key: v.optional(v.custom<PublicKey>((text) => parsePublicKey(text) !== undefined)),
  draft: v.optional(v.pipe(v.string(), v.uuid())),
  o: v.custom<Origin>((text) => parseOrigin(text) !== undefined),
  start: v.pipe(v.number(), v.integer()),
});

/** The moment after which no token of a session that began at `startedAt` is valid. */
export function lastMoment(startedAt: Date): Date {
  return new Date(startedAt.getTime() + SESSION_LONGEST_SECONDS * 1000);
}

/**
 * A token (RFC 7519, HS256) of 15 minutes, or of what is left of the session's eight hours. Throws AppError
 * `SESSION_EXPIRED` when nothing is left.
 */
export async function issueSessionToken(
  claims: SessionClaims,
  signingKey: Uint8Array,
  now: Date,
): Promise<SessionToken> {
  const leftSeconds = Math.floor((lastMoment(claims.startedAt).getTime() - now.getTime()) / 1000);
  const expiresInSeconds = Math.min(SESSION_LIFETIME_SECONDS, leftSeconds);
  if (expiresInSeconds < 1) throw new AppError('SESSION_EXPIRED');
  const token = await new SignJWT({
    sid: claims.sessionId,
    ...('draftId' in claims ? { draft: claims.draftId } : { key: claims.publicKey }),
    o: claims.origin,
    start: claims.startedAt.getTime(),
  })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(claims.browserId)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + expiresInSeconds)
    .sign(signingKey);
  return { token, expiresInSeconds };
}

/** The claims in `token`. Throws AppError `SESSION_EXPIRED` or, for everything else that is wrong, `SESSION_INVALID`. */
export async function readSessionToken(token: string, signingKey: Uint8Array, now: Date): Promise<SessionClaims> {
  try {
    const { payload } = await jwtVerify(token, signingKey, {
      algorithms: ['HS256'],
      typ: TYPE,
      requiredClaims: ['exp', 'sub'],
      currentDate: now,
    });
    const { sid, sub, key, draft, o, start } = v.parse(claimsSchema, payload);
    const claims = { sessionId: sid, browserId: sub, origin: o, startedAt: new Date(start) };
    if (draft !== undefined) return { ...claims, draftId: draft };
    if (key === undefined) throw new AppError('SESSION_INVALID');
    return { ...claims, publicKey: key };
  } catch (cause) {
    throw new AppError(cause instanceof errors.JWTExpired ? 'SESSION_EXPIRED' : 'SESSION_INVALID', { cause });
  }
}
