import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import { TICKET_LIFETIME_SECONDS } from '../../shared/session.ts';
import { AppError } from '../errors.ts';

/** What a ticket says: whoever holds it was shown in a frame of this key on this site, and may open this one session. */
export type Ticket = { readonly publicKey: PublicKey; readonly origin: Origin; readonly sessionId: string };

const TYPE = 'casement-ticket+jwt';

const claimsSchema = v.object({
  key: v.custom<PublicKey>((text) => parsePublicKey(text) !== undefined),
  o: v.custom<Origin>((text) => parseOrigin(text) !== undefined),
  jti: v.pipe(v.string(), v.uuid()),
});

/** A ticket (RFC 7519, HS256) of 60 seconds, with a session id of its own. Nothing is written anywhere. */
export function issueTicket(site: Omit<Ticket, 'sessionId'>, signingKey: Uint8Array, now: Date): Promise<string> {
  return new SignJWT({ key: site.publicKey, o: site.origin })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setJti(randomUUID())
    .setExpirationTime(Math.floor(now.getTime() / 1000) + TICKET_LIFETIME_SECONDS)
    .sign(signingKey);
}

/** The ticket in `token`. Throws AppError `TICKET_EXPIRED` or, for everything else that is wrong, `TICKET_INVALID`. */
export async function readTicket(token: string, signingKey: Uint8Array, now: Date): Promise<Ticket> {
  try {
    const { payload } = await jwtVerify(token, signingKey, {
      algorithms: ['HS256'],
      typ: TYPE,
      requiredClaims: ['exp', 'jti'],
      currentDate: now,
    });
    const { key, o, jti } = v.parse(claimsSchema, payload);
    return { publicKey: key, origin: o, sessionId: jti };
  } catch (cause) {
    throw new AppError(cause instanceof errors.JWTExpired ? 'TICKET_EXPIRED' : 'TICKET_INVALID', { cause });
  }
}
