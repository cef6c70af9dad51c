import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { parsePublicKey } from '../../shared/public-key.ts';
import type { EmbedAttempts } from '../domain/embed-attempts.ts';
import { AppError } from '../errors.ts';
import type { Guards } from './guarded-router.ts';
import type { RequestContext, RouteContext } from './request-state.ts';

/** Where a browser shows a document that another one embeds. */
const EMBEDDED = ['iframe', 'frame', 'object', 'embed'];

/**
 * The guards, with a note of every embedder they refuse. It is written down after the answer is decided, so that a
 * refusal takes as long for a key that exists as for one that does not.
 */
export function noteRefusedEmbeds(guards: Guards, attempts: Pick<EmbedAttempts, 'note'>): Guards {
  return {
    ...guards,
    reader: (ctx) =>
      onRefusal(guards.reader(ctx), () => {
        const publicKey = parsePublicKey(new URLSearchParams(ctx.querystring).get('key'));
        const embedder = parseOrigin(ctx.get('origin'));
        if (publicKey !== undefined && embedder !== undefined) {
          void attempts.note({ publicKey, what: 'configuration', embedder });
        }
      }),
    'claimed-embedder': (ctx) =>
      onRefusal(guards['claimed-embedder'](ctx), () => {
        const publicKey = parsePublicKey(ctx.params.key);
        if (publicKey !== undefined && EMBEDDED.includes(ctx.get('sec-fetch-dest'))) {
          void attempts.note({ publicKey, what: 'frame', embedder: refererOrigin(ctx) });
        }
      }),
  };
}

/** The origin of the page that a browser says the request came from. */
export function refererOrigin(ctx: RequestContext | RouteContext): Origin | undefined {
  const referer = ctx.get('referer');
  return URL.canParse(referer) ? parseOrigin(new URL(referer).origin) : undefined;
}

async function onRefusal<T>(proof: Promise<T>, note: () => void): Promise<T> {
  try {
    return await proof;
  } catch (error) {
    if (error instanceof AppError && error.code === 'EMBED_REFUSED') note();
    throw error;
  }
}
