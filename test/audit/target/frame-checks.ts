import type { Check, Probe } from './probe.ts';
import { EVIL, frameRequest, holdRefused, unknownKey } from './refusals.ts';

/** Claims that `new URL` would take for `https://evil.invalid`, and worse. */
const FORGIVEN = [
  'HTTPS://EVIL.INVALID',
  'https://evil.invalid:443',
  'https://evil.invalid.',
  'https://evil.invalid/',
  'https://a@evil.invalid',
  'https:\\\\evil.invalid',
  'https://evil%2einvalid',
  'https://ｅvil.invalid',
  'https://evil。invalid',
  'http://0x7f.1',
  'blob:https://evil.invalid',
  'null',
  '*',
  '',
  `https://${'a'.repeat(10_000)}.invalid`,
];

const escaped = encodeURIComponent(EVIL);
const headersOf = (site: string) => ({ referer: `${site}/` });

/** What the route of the frame has to refuse, whoever is listed. The site that is claimed is listed nowhere. */
export const FRAME_CHECKS: readonly Check[] = [
  {
    name: 'case 2: a site that is not listed asks for the frame, with this key and with keys nobody has',
    run: (probe) =>
      holdRefused(probe, {
        'this key': frameRequest(probe, EVIL),
        'a key nobody has': frameRequest({ key: unknownKey() }, EVIL),
        'a key that cannot be': { ...frameRequest(probe, EVIL), path: `/frame/PUB_none?o=${escaped}` },
      }),
  },
  {
    name: 'case 15: claims that are not canonical',
    run: (probe) =>
      holdRefused(probe, Object.fromEntries(FORGIVEN.map((claim) => [claim.slice(0, 40), claimed(probe, claim)]))),
  },
  {
    name: 'case 16: claims that are missing, doubled, a list or an operator',
    run: (probe) => holdRefused(probe, oddClaims(probe)),
  },
  {
    name: 'case 3: a claim without a referrer, and with another site’s',
    run: (probe) =>
      holdRefused(probe, {
        'no referrer': { path: frameRequest(probe, EVIL).path, headers: { 'sec-fetch-dest': 'iframe' } },
        'another referrer': frameRequest(probe, 'https://shop.invalid', { headers: headersOf(EVIL) }),
      }),
  },
];

function claimed(probe: Probe, claim: string) {
  return frameRequest(probe, EVIL, { path: `/frame/${probe.key}?o=${encodeURIComponent(claim)}` });
}

function oddClaims(probe: Probe) {
  const queries = ['', '?', `?o=${escaped}&o=${escaped}`, `?o[]=${escaped}`, `?o[$ne]=1`, `?o=${escaped}&x=1`];
  return Object.fromEntries(
    queries.map((query) => [`"${query}"`, frameRequest(probe, EVIL, { path: `/frame/${probe.key}${query}` })]),
  );
}
