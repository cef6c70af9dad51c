import { parsePublicKey } from '../../shared/public-key.ts';
import type { LimitName } from '../domain/limit-table.ts';
import type { Limits, Place, Subjects } from '../domain/limits.ts';
import { AppError } from '../errors.ts';
import { throwEarlierRefusal } from './earlier-refusal.ts';
import type { Callers, GuardName, Guards } from './guarded-router.ts';
import { peerNetwork } from './peer-network.ts';
import { tellAllowance } from './rate-limit-headers.ts';
import type { RequestContext, RouteContext } from './request-state.ts';

/** Which limit stands before which guard. What is the same bytes for everyone has none. */
const LIMIT_OF: Readonly<Record<GuardName, LimitName | undefined>> = {
  public: undefined,
  reader: 'config',
  'claimed-embedder': 'frame',
  frame: 'session',
  visitor: 'visitor',
  admin: 'admin',
  'claimed-dashboard': 'frame',
  'claimed-preview': 'frame',
};

/** Answers that anybody may keep say nothing of what one address has left. */
const TELLING: readonly GuardName[] = ['frame', 'visitor', 'admin'];

/**
 * The guards, behind their limits. A request counts for its address before the guard looks into the store, and for the
 * caller when the guard has proven one, so that nobody can use up what belongs to somebody else, and nobody learns from
 * a refusal whether a key exists.
 */
export function limitGuards(guards: Guards, limits: Limits): Guards {
  function limited<G extends GuardName>(guard: G): (ctx: RouteContext) => Promise<Callers[G]> {
    return async function requireLimits(ctx) {
      const name = LIMIT_OF[guard];
      throwEarlierRefusal(ctx.req);
      if (name === undefined || !mayAskStore(guard, ctx)) return guards[guard](ctx);
      const tell = (allowance: Parameters<typeof tellAllowance>[1]) => {
        if (TELLING.includes(guard)) tellAllowance(ctx, allowance);
      };
      tell(await limits.require(name, { address: peerNetwork(ctx), everyone: '' }));
      const prove = () => guards[guard](ctx);
      const caller = takesLogin(guard, ctx) ? await countFailures(ctx, limits, prove) : await prove();
      tell(await limits.require(name, subjectsOf(caller), placeOf(caller)));
      return caller;
    };
  }
  return {
    public: limited('public'),
    reader: limited('reader'),
    'claimed-embedder': limited('claimed-embedder'),
    frame: limited('frame'),
    visitor: limited('visitor'),
    admin: limited('admin'),
    'claimed-dashboard': limited('claimed-dashboard'),
    'claimed-preview': limited('claimed-preview'),
  };
}

/** A key with a wrong checksum is refused by the guard without a look anywhere, so it costs nothing worth counting. */
function mayAskStore(guard: GuardName, ctx: RouteContext): boolean {
  if (guard === 'claimed-embedder') return parsePublicKey(ctx.params.key) !== undefined;
  if (guard === 'reader') return parsePublicKey(new URLSearchParams(ctx.querystring).get('key')) !== undefined;
  return true;
}

function takesLogin(guard: GuardName, ctx: RequestContext): boolean {
  return guard === 'admin' || (guard === 'reader' && ctx.get('authorization') !== '');
}

/** Tokens of a login can be guessed, so wrong ones are counted, and after too many even a right one is not looked at. */
async function countFailures<T>(ctx: RequestContext, limits: Limits, prove: () => Promise<T>): Promise<T> {
  const address = peerNetwork(ctx);
  await limits.requireUnreached('failed-login', { address });
  try {
    return await prove();
  } catch (error) {
    if (error instanceof AppError && error.code === 'ADMIN_TOKEN_INVALID') {
      await limits.require('failed-login', { address }).catch(() => {}); // It is refused as it is.
    }
    throw error;
  }
}

/** Whose limit it is that a caller uses up, as far as it is a widget's. */
export function placeOf(caller: Callers[GuardName]): Place | undefined {
  if (caller === undefined || 'widgetSlug' in caller) return undefined;
  return { widgetId: caller.widget.id, origin: caller.origin ?? '' };
}

/** What a proven caller is counted by. */
export function subjectsOf(caller: Callers[GuardName]): Subjects {
  if (caller === undefined) return {};
  if ('subject' in caller) return { login: `${caller.companyId} ${caller.subject}` };
  if ('widgetSlug' in caller) return {};
  if ('sessionId' in caller) return { session: caller.sessionId };
  const { widget, origin } = caller;
  return { key: widget.id, ...(origin !== undefined && { site: `${widget.id} ${origin}` }) };
}
