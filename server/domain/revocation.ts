import type { RevokedEvent } from '../../shared/chat.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { findEndedSince } from '../store/sessions.ts';
import type { VisitorCaller } from './widget.ts';
import type { WidgetDirectory } from './widget-directory.ts';

/** Which of these callers have lost the right to be here since they were let in, and why. Rejects if it cannot be known. */
export type FindRevoked = (
  callers: readonly VisitorCaller[],
) => Promise<ReadonlyMap<VisitorCaller, RevokedEvent['code']>>;

type RevocationParts = {
  readonly directory: Pick<WidgetDirectory, 'refresh' | 'requireEmbeddable'>;
  readonly findEndedSince: typeof findEndedSince;
  readonly clock: Clock;
};

/** How far the clock of the process that ended a session may be behind this one's. */
const CLOCK_DIFFERENCE_MS = 60_000;

/** Looks into the store twice, however many callers there are. */
export function createFindRevoked({ directory, findEndedSince, clock }: RevocationParts): FindRevoked {
  let lastCheckAt = clock.now();

  async function reasonOf({ publicKey, origin }: VisitorCaller): Promise<RevokedEvent['code'] | undefined> {
    if (publicKey === undefined) return undefined;
    try {
      await directory.requireEmbeddable(publicKey, origin);
      return undefined;
    } catch (error) {
      const code = error instanceof AppError ? error.code : undefined;
      if (code === 'KEY_REVOKED' || code === 'ORIGIN_NOT_ALLOWED') return code;
      throw error;
    }
  }

  return async (callers) => {
    const checkedAt = clock.now();
    const since = new Date(lastCheckAt.getTime() - CLOCK_DIFFERENCE_MS);
    await directory.refresh([...new Set(callers.flatMap(({ publicKey }) => publicKey ?? []))]);
    const ended = new Set(await findEndedSince(since));
    const reasons = new Map<string, RevokedEvent['code'] | undefined>();
    const revoked = new Map<VisitorCaller, RevokedEvent['code']>();
    for (const caller of callers) {
      const place = `${caller.publicKey} ${caller.origin}`;
      if (!reasons.has(place)) reasons.set(place, await reasonOf(caller));
      const reason = ended.has(caller.sessionId) ? 'SESSION_ENDED' : reasons.get(place);
      if (reason !== undefined) revoked.set(caller, reason);
    }
    lastCheckAt = checkedAt;
    return revoked;
  };
}
