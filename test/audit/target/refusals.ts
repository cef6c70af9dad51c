import { createHash, randomBytes } from 'node:crypto';
import { createPublicKey } from '../../../shared/public-key.ts';
import type { DeploymentAnswer, DeploymentRequest } from './deployment-request.ts';
import type { Probe } from './probe.ts';

/** Sites that nobody can own (RFC 6761), so that no allowlist names them. */
export const EVIL = 'https://evil.invalid';

// What servers and networks on the way add to every answer by themselves.
const CHANGING = /^(date|connection|keep-alive|age|via|alt-svc|server-timing|nel|report-to|server|etag|x-|cf-)/;

/** A request for the frame as an iframe of `site` sends it, unless told otherwise. */
export function frameRequest(
  { key }: Pick<Probe, 'key'>,
  site: string,
  { headers = {}, ...over }: Partial<DeploymentRequest> = {},
): DeploymentRequest {
  return {
    path: `/frame/${key}?o=${encodeURIComponent(site)}`,
    ...over,
    headers: { referer: `${site}/`, 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate', ...headers },
  };
}

/** A key of the right form that no widget has. */
export function unknownKey() {
  return createPublicKey(randomBytes(11).toString('hex'));
}

/** What makes a refusal: its status, its headers but for those that change by themselves, and the digest of its bytes. */
export function fingerprint({ status, headers, body }: DeploymentAnswer) {
  const told = Object.entries(headers).filter(([name]) => !CHANGING.test(name));
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { status, headers: Object.fromEntries(told.sort(([one], [other]) => one.localeCompare(other))), sha256 };
}

/** Holds that each request is answered exactly as one with a key that no widget has. */
export async function holdRefused(probe: Probe, requests: Readonly<Record<string, DeploymentRequest>>): Promise<void> {
  const reference = await probe.ask(frameRequest({ key: unknownKey() }, EVIL));
  holdClosed(probe, reference);
  for (const [what, request] of Object.entries(requests)) {
    const answer = await askPatiently(probe, request);
    probe.hold(what, fingerprint(answer), fingerprint(reference));
  }
}

function holdClosed(probe: Probe, { status, headers }: DeploymentAnswer): void {
  probe.hold('status of a refusal', status, 403);
  const policy = String(headers['content-security-policy']);
  probe.hold('the refusal forbids all frames', /(^|;\s*)frame-ancestors 'none'(;|,|$)/.test(policy), true);
  probe.hold('the refusal is not stored', headers['cache-control'], 'no-store');
  probe.hold('CORS headers of the refusal', corsHeaders(headers), {});
}

export function corsHeaders(headers: DeploymentAnswer['headers']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
}

/** Asks again once if a limit says when. */
async function askPatiently(probe: Probe, request: DeploymentRequest): Promise<DeploymentAnswer> {
  const answer = await probe.ask(request);
  const seconds = Number(answer.headers['retry-after']);
  if (answer.status !== 429 || !(seconds >= 0 && seconds <= 60)) return answer;
  await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1000));
  return probe.ask(request);
}
