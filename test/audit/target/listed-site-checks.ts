import { FRAME_ATTRIBUTES } from '../../../shared/frame-element.ts';
import type { Origin } from '../../../shared/origin.ts';
import type { DeploymentAnswer } from './deployment-request.ts';
import type { Check, Probe } from './probe.ts';
import { corsHeaders, EVIL, frameRequest, holdRefused } from './refusals.ts';

const CLOSED = ['default-src', 'frame-src', 'worker-src', 'object-src', 'base-uri', 'form-action'];

/** What can only be tried by somebody who knows a site on the allowlist. */
export function checksOfListedSite(site: Origin): readonly Check[] {
  return [
    {
      name: 'case 4: the frame of a listed site names that site as its only ancestor',
      run: async (probe) => {
        const policies = policiesOf(await askFrame(probe, site));
        const ancestors = policies.flatMap((policy) => policy.get('frame-ancestors') ?? []);
        probe.hold('frame-ancestors', ancestors, [site]);
      },
    },
    {
      name: 'case 9 and case 56: the frame’s own policy sandboxes it and forbids markup from text',
      run: async (probe) => holdLocked(probe, await askFrame(probe, site)),
    },
    {
      name: 'case 3: somebody else claims to be the listed site',
      run: (probe) =>
        holdRefused(probe, {
          'another referrer': frameRequest(probe, site, { headers: { referer: `${EVIL}/` } }),
          'a referrer that begins like it': frameRequest(probe, site, { headers: { referer: `${site}1/` } }),
          'no referrer': { path: frameRequest(probe, site).path, headers: { 'sec-fetch-dest': 'iframe' } },
        }),
    },
    {
      name: 'case 10 and case 11: the listed site’s frame in an object, an embed, a window',
      run: (probe) => holdRefused(probe, otherDestinations(probe, site)),
    },
    {
      name: 'case 14: the listed site’s frame prefetched or prerendered',
      run: (probe) =>
        holdRefused(probe, {
          prefetch: frameRequest(probe, site, { headers: { 'sec-purpose': 'prefetch' } }),
          prerender: frameRequest(probe, site, { headers: { 'sec-purpose': 'prefetch;prerender' } }),
        }),
    },
    {
      name: 'case 17: the listed site with a dot at its end',
      run: (probe) => holdRefused(probe, { 'a dot': frameRequest(probe, withDot(site)) }),
    },
    {
      name: 'case 43: the configuration answers CORS to the listed site alone',
      run: (probe) => holdCors(probe, site),
    },
  ];
}

async function holdCors(probe: Probe, site: Origin): Promise<void> {
  const { status, headers } = await probe.ask({
    path: `/api/v1/widget/config?key=${probe.key}`,
    headers: { origin: site, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  });
  probe.hold('status for the listed site', status, 200);
  const { 'access-control-allow-origin': allowed, 'access-control-allow-credentials': credentials } =
    corsHeaders(headers);
  probe.hold('the site that may read it', allowed, site);
  probe.hold('credentials', credentials ?? 'never', 'never');
  probe.hold('varies by origin', /\borigin\b/i.test(String(headers.vary)), true);
}

async function askFrame(probe: Probe, site: Origin): Promise<DeploymentAnswer> {
  const answer = await probe.ask(frameRequest(probe, site));
  probe.hold(`status of the frame for ${site}`, answer.status, 200);
  return answer;
}

function holdLocked(probe: Probe, answer: DeploymentAnswer): void {
  const policies = policiesOf(answer);
  const told = (directive: string) => policies.map((policy) => policy.get(directive)?.join(' ')).find(Boolean);
  probe.hold('sandbox', told('sandbox'), FRAME_ATTRIBUTES.sandbox);
  for (const directive of CLOSED) probe.hold(directive, told(directive), "'none'");
  probe.hold('require-trusted-types-for', told('require-trusted-types-for'), "'script'");
  probe.hold('trusted-types', told('trusted-types'), "'none'");
  probe.hold('inline script', /unsafe-|nonce-|\*/.test(told('script-src') ?? '*'), false);
  probe.hold('stored', answer.headers['cache-control'], 'no-store');
  probe.hold('cookies', answer.headers['set-cookie'] ?? [], []);
  probe.hold('referrer', answer.headers['referrer-policy'], 'no-referrer');
  probe.hold('opener', answer.headers['cross-origin-opener-policy'], 'same-origin');
  probe.hold('CORS headers', corsHeaders(answer.headers), {});
}

/** Each policy by directive. Node joins headers of one name with a comma, which no source of ours contains. */
function policiesOf({ headers }: DeploymentAnswer): Map<string, string[]>[] {
  return String(headers['content-security-policy'] ?? '')
    .split(',')
    .map((policy) => {
      const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
      return new Map(directives.map(([name = '', ...values]) => [name.toLowerCase(), values]));
    });
}

function otherDestinations(probe: Probe, site: Origin) {
  return Object.fromEntries(
    ['object', 'embed', 'document', 'script', 'empty'].map((destination) => [
      destination,
      frameRequest(probe, site, { headers: { 'sec-fetch-dest': destination } }),
    ]),
  );
}

function withDot(site: Origin): string {
  return site.replace(/(:\d+)?$/, '.$1');
}
