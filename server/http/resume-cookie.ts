import { resumeCookieName, type VisitorPlace } from '../domain/visitor.ts';
import type { RequestContext } from './request-state.ts';

/** What the browser remembers of its visitor at this place. */
export function readResumeCookie(ctx: RequestContext, place: VisitorPlace): string | undefined {
  return ctx.cookies.get(resumeCookieName(place));
}

/** Lets the browser remember: in this frame, below this top-level site only, out of reach of any script. */
export function setResumeCookie(
  ctx: RequestContext,
  place: VisitorPlace,
  { secret, maxAgeSeconds }: { readonly secret: string; readonly maxAgeSeconds: number },
): void {
  ctx.append('Set-Cookie', cookie(place, secret, maxAgeSeconds));
}

export function clearResumeCookie(ctx: RequestContext, place: VisitorPlace): void {
  ctx.append('Set-Cookie', cookie(place, '', 0));
}

/** Of every cookie there is. */
export const COOKIE_ATTRIBUTES = ['Path=/', 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned'] as const;

/** Written by hand: Koa refuses `Secure` on a connection that a proxy took the TLS from. */
function cookie(place: VisitorPlace, value: string, maxAgeSeconds: number): string {
  return [`${resumeCookieName(place)}=${value}`, `Max-Age=${maxAgeSeconds}`, ...COOKIE_ATTRIBUTES].join('; ');
}
