import type { Middleware } from 'koa';
import { SIGNATURE_HEADER } from '../../shared/signature.ts';
import { hashBody, signAnswer } from '../domain/answer-signer.ts';
import type { RequestContext, RequestState } from './request-state.ts';

/**
 * Signs every JSON answer, errors included, over the exact bytes that are sent, with the keys that a guard or a handler
 * has put into `ctx.state.findSigningKeys`. Who asks without having proven anything gets no signature: whether there is
 * one would tell which keys exist. A route that has signed its answer itself is left alone.
 */
export function signAnswers(now: () => Date): Middleware<RequestState> {
  return async function signAnswer(ctx, next) {
    await next();
    if (ctx.method === 'HEAD' || !isJson(ctx) || ctx.res.hasHeader(SIGNATURE_HEADER)) return;
    try {
      const keys = await ctx.state.findSigningKeys?.();
      if (keys !== undefined) signJson(ctx, keys, now());
    } catch (err) {
      // What was done is done, and its answer is worth more than its signature; who verifies asks again.
      ctx.state.log.error({ err }, 'An answer could not be signed');
    }
  };
}

type SigningKeys = Awaited<ReturnType<NonNullable<RequestState['findSigningKeys']>>>;

function signJson(ctx: RequestContext, keys: SigningKeys, at: Date): void {
  // What Koa would make of an object when it sends it; from here on these bytes are what is sent.
  const body = typeof ctx.body === 'string' || Buffer.isBuffer(ctx.body) ? ctx.body : JSON.stringify(ctx.body);
  ctx.body = body;
  const { method, path, status } = ctx;
  const signature = signAnswer({ at, method, path, status, bodyHash: hashBody(body) }, keys);
  if (signature !== undefined) ctx.set(SIGNATURE_HEADER, signature);
}

function isJson(ctx: RequestContext): boolean {
  return ctx.respond !== false && ctx.body != null && ctx.response.is('json') === 'json';
}
