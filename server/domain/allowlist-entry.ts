import { getDomain } from 'tldts';
import { type AllowlistEntry, isAllowlistEntry } from '../../shared/allowlist.ts';
import { hostOf, isLoopback, type Origin, parseOrigin } from '../../shared/origin.ts';

export type SiteRules = {
  /** Where pages are ours; none of them may embed the widget. */
  readonly ownOrigins: readonly Origin[];
  /** Outside production: whether pages of this machine may use plain http. */
  readonly allowsLoopbackHttp: boolean;
};

/** What a typed line of an allowlist is kept as, or why it cannot be one. */
export type CheckedSite = { readonly entry: AllowlistEntry } | { readonly reason: string };

const LONGEST_LINE = 300;
const WILDCARD = '*.';

/**
 * Brings a line of an allowlist as somebody typed it into the one form that is kept: lower case, punycode (UTS 46), no
 * default port, no slash, https where no scheme was written. What would mean more than it seems is refused with a
 * sentence: a wildcard over a public suffix (https://publicsuffix.org, private section included, as of the installed
 * version of tldts), a path, a user name, plain http.
 */
export function checkSite(typed: string, rules: SiteRules): CheckedSite {
  const refuse = (why: string): CheckedSite => ({ reason: `"${typed.slice(0, LONGEST_LINE)}" ${why}` });
  const { scheme, wildcard, rest } = splitSite(typed.trim());
  if (rest === '') return refuse(wildcard === '' ? 'is empty' : 'would let anyone in');
  if (typed.length > LONGEST_LINE) return refuse('is too long for an origin');
  if (scheme !== 'https' && scheme !== 'http')
    return refuse(`begins with "${scheme}:", which no page has; write https`);
  if (/^[*./]*$/.test(rest)) return refuse('would let anyone in');
  if (rest.includes('*')) return refuse('has a "*" elsewhere than at its begin, as in "https://*.shop.example"');
  // A word alone is more likely a slip than a host without a dot.
  if (!typed.includes('://') && !/[.:]/.test(rest)) return refuse(NOT_AN_ORIGIN);
  const why = whyNoOrigin(rest);
  const origin = parseUrl(`${scheme}://${rest}`)?.origin;
  if (why !== undefined || origin === undefined) return refuse(why ?? NOT_AN_ORIGIN);
  const exact = parseOrigin(origin);
  if (exact === undefined) return refuse(NOT_AN_ORIGIN);
  const problem = wildcard === '' ? whyNoSite(exact, rules) : whyNoWildcard(exact);
  if (problem !== undefined) return refuse(problem);
  const entry = `${scheme}://${wildcard}${origin.slice(`${scheme}://`.length)}`;
  return isAllowlistEntry(entry) ? { entry } : refuse(NOT_AN_ORIGIN);
}

const NOT_AN_ORIGIN = 'is not an origin such as "https://shop.example", or "https://*.shop.example"';

function splitSite(text: string): { readonly scheme: string; readonly wildcard: string; readonly rest: string } {
  const [, scheme = 'https', after = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  const wildcard = after.startsWith(WILDCARD) ? WILDCARD : '';
  return { scheme: scheme.toLowerCase(), wildcard, rest: after.slice(wildcard.length) };
}

/** What `new URL` would forgive or cut off in silence, although whoever typed it meant something by it. */
function whyNoOrigin(rest: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(rest)) return NOT_AN_ORIGIN;
  const url = parseUrl(`https://${rest}`);
  if (url === undefined) return NOT_AN_ORIGIN;
  if (rest.includes('@')) return 'has a user name; an origin is scheme, host and port';
  if (url.pathname !== '/' || /[/?#]./.test(rest) || /[?#]/.test(rest)) {
    return 'has a path; an origin is scheme, host and port, and stands for all pages there';
  }
  if (url.hostname.endsWith('.')) return 'ends with a dot, which makes it another host than the one without';
  return undefined;
}

function whyNoSite(origin: Origin, { ownOrigins, allowsLoopbackHttp }: SiteRules): string | undefined {
  if (ownOrigins.includes(origin)) return 'is an origin of the widget itself; a page there could reach into the frame';
  if (origin.startsWith('https:') || (allowsLoopbackHttp && isLoopback(origin))) return undefined;
  return isLoopback(origin)
    ? 'is a page of this machine, which production does not admit over http'
    : 'is not safe: whoever is on the way could change a page without https';
}

function whyNoWildcard(base: Origin): string | undefined {
  const host = hostOf(base);
  if (!base.startsWith('https:')) return 'has a "*" without https';
  if (/^[\d.]+$/.test(host)) return 'has a "*" before an address, which has no names below it';
  if (base !== `https://${host}`) return 'has a "*" and a port; a "*" stands for names on the usual port only';
  if (getDomain(host, { allowPrivateDomains: true }) === null) {
    return `would let anyone in: "${host}" is a public suffix, below which anyone can have a name`;
  }
  return undefined;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
