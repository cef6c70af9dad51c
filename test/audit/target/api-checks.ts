import { randomUUID } from 'node:crypto';
import type { DeploymentRequest } from './deployment-request.ts';
import type { Check } from './probe.ts';
import { corsHeaders, EVIL, unknownKey } from './refusals.ts';

const API = '/api/v1/widget';
const ID = randomUUID();

type RouteOfInterest = Required<Pick<DeploymentRequest, 'method' | 'path'>> & { readonly body?: string };

/** Needs a session, each of them. */
const VISITOR_ROUTES: readonly RouteOfInterest[] = [
  { method: 'POST', path: '/session/renew', body: '{}' },
  { method: 'DELETE', path: '/session' },
  { method: 'POST', path: '/chat', body: JSON.stringify({ messageId: ID, text: 'Hello' }) },
  { method: 'GET', path: `/chat/${ID}` },
  { method: 'POST', path: `/chat/${ID}/stop`, body: '{}' },
  { method: 'GET', path: '/conversations' },
  { method: 'GET', path: `/conversations/${ID}` },
  { method: 'POST', path: `/messages/${ID}/feedback`, body: '{"rating":"helpful"}' },
  { method: 'POST', path: '/session/identify', body: '{"jwt":"none"}' },
];

/** Of the settings origin, which the widget origin must not be. */
const ADMIN_ROUTES: readonly RouteOfInterest[] = [
  { method: 'GET', path: '/settings' },
  { method: 'POST', path: '/settings', body: '{}' },
  { method: 'GET', path: '/settings/versions' },
  { method: 'POST', path: '/rotate-key', body: '{}' },
  { method: 'GET', path: '/rotations' },
  { method: 'GET', path: '/analytics' },
  { method: 'GET', path: '/audit-log' },
  { method: 'GET', path: '/knowledge' },
];

/** What the API has to refuse, whoever is listed. Nothing is written by any of it. */
export const API_CHECKS: readonly Check[] = [
  {
    name: 'case 42: every route of visitors is asked without a session and with one that nobody made',
    async run(probe) {
      const callers = { nobody: {}, 'a forged token': { authorization: 'Bearer e30.e30.e30' } };
      for (const route of VISITOR_ROUTES) {
        for (const [caller, headers] of Object.entries(callers)) {
          const own = { origin: probe.target, 'sec-fetch-site': 'same-origin', ...headers };
          const { status, headers: told } = await probe.ask(requestOf(route, own));
          const refused = status === 401 || status === 403;
          probe.hold(`${route.method} ${route.path} by ${caller} is refused`, refused || status, true);
          probe.hold(`CORS headers of ${route.path}`, corsHeaders(told), {});
        }
      }
    },
  },
  {
    name: 'case 43: another site asks for the configuration and for a session',
    async run(probe) {
      const headers = { origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
      const session = { method: 'POST', path: '/session', body: '{"ticket":"none"}' };
      for (const route of [{ method: 'GET', path: `/config?key=${probe.key}` }, session]) {
        const { status, headers: told, body } = await probe.ask(requestOf(route, headers));
        probe.hold(`${route.path} is refused`, status >= 400 && status < 500, true);
        probe.hold(`CORS headers of ${route.path}`, corsHeaders(told), {});
        probe.hold('the refusal holds nothing but an error', Object.keys(JSON.parse(String(body))), ['error']);
      }
    },
  },
  {
    name: 'case 49: a key nobody has is answered as this key is to another site',
    async run(probe) {
      const headers = { origin: EVIL };
      const known = await probe.ask(requestOf({ method: 'GET', path: `/config?key=${probe.key}` }, headers));
      const unknown = await probe.ask(requestOf({ method: 'GET', path: `/config?key=${unknownKey()}` }, headers));
      probe.hold('status', unknown.status, known.status);
      probe.hold('code', codeOf(unknown.body), codeOf(known.body));
    },
  },
  {
    name: 'case 51: another site sends preflights',
    async run(probe) {
      const headers = { origin: EVIL, 'access-control-request-method': 'POST' };
      const paths = ['/config', '/session', '/chat', '/conversations', '/settings', '/reports'];
      for (const path of paths) {
        const { status, headers: told } = await probe.ask(requestOf({ method: 'OPTIONS', path }, headers));
        probe.hold(`OPTIONS ${path} is refused`, [403, 404, 405].includes(status) || status, true);
        probe.hold(`CORS headers of ${path}`, corsHeaders(told), {});
      }
    },
  },
  {
    name: 'case 60: the widget origin is asked for every route of admins',
    async run(probe) {
      const headers = { origin: probe.target, 'sec-fetch-site': 'same-origin' };
      for (const route of ADMIN_ROUTES) {
        const { status } = await probe.ask(requestOf(route, headers));
        probe.hold(`status of ${route.method} ${route.path}`, status, 404);
      }
    },
  },
];

function requestOf({ method, path, body }: RouteOfInterest, headers: Record<string, string>): DeploymentRequest {
  const media = body === undefined ? {} : { 'content-type': 'application/json' };
  return { method, path: `${API}${path}`, headers: { ...headers, ...media }, ...(body !== undefined && { body }) };
}

function codeOf(body: Buffer): unknown {
  const { error } = JSON.parse(String(body)) as { error?: { code?: unknown } };
  return error?.code;
}
