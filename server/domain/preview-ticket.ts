import { createHash, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { PREVIEW_TICKET_SECONDS, type PreviewAnswer } from '../../shared/preview-api.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { findDraft } from '../store/drafts.ts';
import type { AdminCaller } from './admin-caller.ts';
import type { SiteRules } from './allowlist-entry.ts';
import { draftPlaceOf } from './drafts.ts';
import { requireSettings } from './settings-check.ts';

/** What a preview ticket says: whoever proves to be the document it was made for may chat with this draft, once. */
export type PreviewTicket = { readonly sessionId: string; readonly draftId: string };

export type PreviewParts = {
  readonly siteRules: SiteRules;
  readonly clock: Clock;
  readonly ticketKey: Uint8Array;
};

const TYPE = 'casement-preview-ticket+jwt';

const claimsSchema = v.object({
  jti: v.pipe(v.string(), v.uuid()),
  draft: v.pipe(v.string(), v.uuid()),
  challenge: v.string(),
});

/**
 * A ticket of 60 seconds for the caller's own draft, and for the document whose nonce has this hash. Throws AppError
 * `DRAFT_NOT_FOUND`, and `INVALID_REQUEST` with every problem if the draft could not be saved as it is.
 */
export async function issuePreviewTicket(
  caller: AdminCaller,
  challenge: string,
  { siteRules, clock, ticketKey }: PreviewParts,
): Promise<PreviewAnswer> {
  const now = clock.now();
  const draft = await findDraft(draftPlaceOf(caller), now);
  if (draft === undefined) throw new AppError('DRAFT_NOT_FOUND');
  requireSettings(draft.settings, siteRules);
  const ticket = await new SignJWT({ draft: draft.id, challenge })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setJti(randomUUID())
    .setExpirationTime(Math.floor(now.getTime() / 1000) + PREVIEW_TICKET_SECONDS)
    .sign(ticketKey);
  return { ticket, expiresInSeconds: PREVIEW_TICKET_SECONDS };
}

/**
 * The ticket in `token`, if `proof` is the nonce it was made for. Throws AppError `TICKET_EXPIRED` or, for everything else
 * that is wrong, `TICKET_INVALID`.
 */
export async function readPreviewTicket(
  token: string,
  proof: string,
  { ticketKey, now }: { readonly ticketKey: Uint8Array; readonly now: Date },
): Promise<PreviewTicket> {
  try {
    const { payload } = await jwtVerify(token, ticketKey, {
      algorithms: ['HS256'],
      typ: TYPE,
      requiredClaims: ['exp', 'jti'],
      currentDate: now,
    });
    const { jti, draft, challenge } = v.parse(claimsSchema, payload);
    if (createHash('sha256').update(proof).digest('base64url') !== challenge) throw new AppError('TICKET_INVALID');
    return { sessionId: jti, draftId: draft };
  } catch (cause) {
    throw new AppError(cause instanceof errors.JWTExpired ? 'TICKET_EXPIRED' : 'TICKET_INVALID', { cause });
  }
}
