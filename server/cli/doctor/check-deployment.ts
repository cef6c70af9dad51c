import { API_BASE } from '../../../shared/api-path.ts';
import type { Origin } from '../../../shared/origin.ts';
import { type Answer, type Asked, askDeployment, type Question } from './ask-deployment.ts';
import type { Facts, Finding } from './finding.ts';

type Ask = (question: Question) => Promise<Asked>;
type Named = { readonly variable: 'PUBLIC_URL' | 'SETTINGS_URL'; readonly origin: Origin };

/** What the running server says by way of its proxies: whether it is there, is itself, and believes what it should not. */
export async function checkDeployment(
  { config: { widgetOrigin, settingsOrigin, trustProxyHops } }: Pick<Facts, 'config'>,
  ask: Ask = askDeployment,
): Promise<readonly Finding[]> {
  const widget: Named = { variable: 'PUBLIC_URL', origin: widgetOrigin };
  const findings = [...(await checkOrigin(widget, ask))];
  if (findings.length === 0) {
    findings.push(
      ...(await checkAddedHeaders(widget, ask)),
      ...(await checkSpoofing(widgetOrigin, trustProxyHops, ask)),
    );
  }
  if (settingsOrigin === undefined || settingsOrigin === widgetOrigin) return findings;
  return [...findings, ...(await checkOrigin({ variable: 'SETTINGS_URL', origin: settingsOrigin }, ask))];
}

async function checkOrigin({ variable, origin }: Named, ask: Ask): Promise<readonly Finding[]> {
  const health = await ask({ origin, path: '/healthz' });
  if ('failure' in health) {
    const message = `${variable} "${origin}" cannot be asked from here: "${health.failure}"`;
    const cure = 'Start the server and its proxy and run this again, or leave it out with --offline';
    return [{ code: 'UNREACHABLE', severity: 'warning', variable, message, cure }];
  }
  if (health.status !== 200 || !/"status":\s*"alive"/.test(health.body)) {
    const message = `${variable} "${origin}" is answered by something else: "/healthz" has the status "${health.status}"`;
    const cure = 'Let the proxy hand every path of this host to the PORT of the server, without a redirect';
    return [{ code: 'NOT_CASEMENT', severity: 'error', variable, message, cure }];
  }
  const route = variable === 'PUBLIC_URL' ? 'config' : 'settings';
  const asked = await ask({ origin, path: `${API_BASE}/${route}` });
  if ('failure' in asked || (asked.status !== 421 && asked.status !== 404)) return [];
  const message = `${variable} "${origin}" does not arrive as the host of a request: "${route}" has the status "${asked.status}"`;
  const cure = `Let the proxy hand on the Host header, and give the running server the same ${variable}`;
  return [{ code: 'PROXY_CHANGES_HOST', severity: 'error', variable, message, cure }];
}

const ADDED = ['x-frame-options', 'access-control-allow-origin', 'access-control-allow-credentials'];

/** The server sends none of these with a frame. */
async function checkAddedHeaders({ variable, origin }: Named, ask: Ask): Promise<readonly Finding[]> {
  const frame = await ask({ origin, path: '/frame/doctor' });
  if ('failure' in frame) return [];
  return ADDED.filter((name) => frame.headers[name] !== undefined).map((name) => ({
    code: 'PROXY_ADDS_HEADERS',
    severity: 'warning',
    variable,
    message: `The proxy of "${origin}" adds "${name}: ${frame.headers[name]}", which the server does not send`,
    cure: 'Let the proxy add no headers of its own to these answers; docs/production.md',
  }));
}

const TRIES = 3;
/** Addresses for documentation (RFC 5737), which nobody has. */
const MADE_UP = ['192.0.2.', '198.51.100.', '203.0.113.'];

/**
 * Whether somebody who makes up an address gets limits of their own. The first requests use up some of ours; if after
 * that each made-up address has all of its limit but one, the server has believed it.
 */
async function checkSpoofing(origin: Origin, hops: number, ask: Ask): Promise<readonly Finding[]> {
  for (let count = 0; count < TRIES; count += 1) await ask(sessionQuestion(origin));
  const answers: Asked[] = [];
  for (const network of MADE_UP) {
    const address = `${network}${1 + Math.floor(Math.random() * 254)}`;
    answers.push(await ask(sessionQuestion(origin, { 'x-forwarded-for': address })));
  }
  if (!answers.every((answer) => !('failure' in answer) && isFresh(answer))) return [];
  const variable = 'TRUST_PROXY_HOPS';
  const message = `${variable} is "${hops}", and "${origin}" believes an address that whoever asks has made up in "X-Forwarded-For"`;
  const cure = 'Count only proxies of yours that add to the header: one less, most likely';
  return [{ code: 'PROXY_HOPS_TOO_MANY', severity: 'error', variable, message, cure }];
}

/** A request that is refused for its body, after it was counted. */
function sessionQuestion(origin: Origin, headers: Readonly<Record<string, string>> = {}): Question {
  const json = { origin, 'content-type': 'application/json', ...headers };
  return { origin, method: 'POST', path: `${API_BASE}/session`, headers: json, body: '{}' };
}

function isFresh({ headers }: Answer): boolean {
  const [, most] = /;q=(\d+)/.exec(String(headers['ratelimit-policy'])) ?? [];
  const [, remaining] = /;r=(\d+)/.exec(String(headers.ratelimit)) ?? [];
  return most !== undefined && remaining !== undefined && Number(remaining) === Number(most) - 1;
}
