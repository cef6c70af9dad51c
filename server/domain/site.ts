import { getDomain } from 'tldts';
import { hostOf, type Origin } from '../../shared/origin.ts';

/** The registrable domain (https://html.spec.whatwg.org/multipage/browsers.html#sites), `null` where there is none. */
export function siteOf(origin: Origin): string | null {
  return getDomain(hostOf(origin), { allowPrivateDomains: true });
}
