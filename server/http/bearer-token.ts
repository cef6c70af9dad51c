import type { RequestContext } from './request-state.ts';

/** The token of `Authorization: Bearer` (RFC 6750, 2.1), if there is one. */
export function readBearerToken(ctx: RequestContext): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(ctx.get('authorization'))?.[1];
}
