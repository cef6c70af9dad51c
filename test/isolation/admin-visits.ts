import { randomUUID } from 'node:crypto';
import { API_BASE } from '../../shared/api-path.ts';
import { type AdminAnswer, type AdminRequest, askAdmin } from '../support/admin-api.ts';
import type { Casement } from '../support/start-casement.ts';

/** What a visit may need of the answers before it, by the name of their route. */
type Known = (route: string) => AdminAnswer['json'];
type Visit = readonly [route: string, request: (known: Known) => Omit<AdminRequest, 'method'>];

const to = (path: string, body?: unknown): Omit<AdminRequest, 'method'> => ({
  path,
  ...(body !== undefined && { body }),
});
const ARTICLE = { title: 'Hours', body: 'From 9 to 5.' };

/** Every route for admins, asked by an owner for what there is, in an order in which it is there. */
const VISITS: readonly Visit[] = [
  ['GET /settings', () => to('/settings')],
  ['POST /settings', (known) => to('/settings', { expectedVersion: 1, settings: known('GET /settings').settings })],
  ['GET /installation', () => to('/installation')],
  ['POST /settings/check-site', () => to('/settings/check-site', { site: 'https://shop.example' })],
  ['GET /settings/versions', () => to('/settings/versions')],
  ['GET /settings/versions/:version', () => to('/settings/versions/1')],
  ['GET /settings/versions/:version/diff', () => to('/settings/versions/2/diff')],
  ['POST /settings/versions/:version/restore', () => to('/settings/versions/1/restore', { expectedVersion: 2 })],
  ['PUT /draft', (known) => to('/draft', { baseVersion: 3, settings: known('GET /settings').settings })],
  ['GET /draft', () => to('/draft')],
  ['POST /preview', () => to('/preview', { challenge: 'A'.repeat(43) })],
  ['DELETE /draft', () => to('/draft')],
  ['PUT /knowledge/:slug', () => to('/knowledge/hours', { ...ARTICLE, expectedVersion: 0 })],
  ['GET /knowledge/unanswered', () => to('/knowledge/unanswered')],
  ['DELETE /knowledge/unanswered/:id', () => to(`/knowledge/unanswered/${randomUUID()}`)],
  ['GET /knowledge', () => to('/knowledge')],
  ['GET /knowledge/:slug', () => to('/knowledge/hours')],
  ['POST /knowledge/ask', () => to('/knowledge/ask', { question: 'When?' })],
  [
    'DELETE /knowledge/:slug',
    (known) => to(`/knowledge/hours?expectedVersion=${known('PUT /knowledge/:slug').version}`),
  ],
  ['POST /rotate-key', () => to('/rotate-key', { target: 'identity' })],
  ['GET /rotations', () => to('/rotations')],
  ['POST /rotations/:id/revoke', (known) => to(`/rotations/${known('POST /rotate-key').rotation.id}/revoke`, {})],
  ['GET /audit-log', () => to('/audit-log')],
  ['GET /audit-log/verification', () => to('/audit-log/verification')],
  ['GET /analytics', () => to('/analytics')],
  ['GET /reports', () => to('/reports')],
];

/** The answers of all routes for admins to an owner of `company`, by method and path of the route. */
export async function visitAsAdmin(
  casement: Casement,
  company: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, AdminAnswer>> {
  const answers = new Map<string, AdminAnswer>();
  for (const [route, makeRequest] of VISITS) {
    const [method = 'GET', path = ''] = route.split(' ');
    const request = { headers, ...makeRequest((name) => answers.get(name)?.json) };
    const answer = await askAdmin(casement, { company }, { ...request, method: method as 'GET' });
    if (answer.status >= 400) throw new Error(`${route}: ${answer.status} ${answer.body}`);
    answers.set(route, answer);
    answers.set(`${method} ${API_BASE}${path}`, answer);
  }
  return answers;
}
