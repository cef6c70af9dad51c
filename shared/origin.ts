declare const URL: new (text: string) => { readonly origin: string };

declare const originBrand: unique symbol;

/** A canonical web origin, `scheme://host[:port]`, made only by {@link parseOrigin}. */
export type Origin = string & { readonly [originBrand]: true };

const MAX_ORIGIN_LENGTH = 260;
const ORIGIN_SHAPE = /^https?:\/\/[a-z0-9.-]+(:[0-9]{1,5})?$/;

/**
 * Accepts `text` only if it already is the canonical serialisation of an http(s) origin
 * (https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin), else answers `undefined`.
 * Nothing is normalised: `new URL` forgives upper case, default ports, user names, full-width dots and more, and a
 * claim that needs forgiving is not a claim we trust.
 */
export function parseOrigin(text: unknown): Origin | undefined {
  if (typeof text !== 'string' || text.length > MAX_ORIGIN_LENGTH || !ORIGIN_SHAPE.test(text)) return undefined;
  const host = text.slice(text.indexOf('//') + 2).replace(/:\d+$/, '');
  if (host.endsWith('.')) return undefined;
  try {
    return new URL(text).origin === text ? (text as Origin) : undefined;
  } catch {
    return undefined;
  }
}

/** The host of a canonical origin, without scheme and port. */
export function hostOf(origin: Origin): string {
  return origin.slice(origin.indexOf('//') + 2).replace(/:\d+$/, '');
}

/** Whether the origin is of this machine, where browsers grant a secure context without https. */
export function isLoopback(origin: Origin): boolean {
  const host = hostOf(origin);
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1';
}
