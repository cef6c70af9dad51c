import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../../server/http/guarded-router.ts';
import { API_BASE } from '../../../shared/api-path.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { openVisitor } from '../../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { watchStore } from '../../support/watch-store.ts';

const SHOP = 'https://shop.example';
/** Would be in whatever the store is asked with a body of these. */
const MARK = 'mark-of-case-68';
const UUID = '00000000-0000-4000-8000-000000000000';

let casement: Casement;
let visitorToken: string;
let adminToken: string;

beforeAll(async () => {
  casement = await startCasement();
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  visitorToken = (await openVisitor(casement, { publicKey, origin: SHOP })).token;
  adminToken = await signAdminToken({ company: widget.companyId });
});
afterAll(() => casement.stop());

/** Every name that a body of ours has, with `value` in it: whichever route gets it, its own names are among them. */
function everywhere(value: unknown): string {
  const names = [
    ...['ticket', 'resume', 'jwt', 'messageId', 'text', 'conversationId', 'retryOf', 'rating', 'reason', 'comment'],
    ...['expectedVersion', 'settings', 'note', 'title', 'body', 'url', 'question', 'target', 'overlapSeconds'],
    ...['baseVersion', 'now'],
  ];
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, value])));
}

const BODIES: readonly (readonly [what: string, body: string, headers?: Record<string, string>])[] = [
  ['$gt', everywhere({ $gt: MARK })],
  ['$where', everywhere({ $where: `sleep("${MARK}")` })],
  ['$ne beside right fields', JSON.stringify({ messageId: UUID, text: { $ne: MARK } })],
  ['an operator as a name', JSON.stringify({ $where: MARK, $expr: { $function: { body: MARK } } })],
  ['__proto__', `{"__proto__":{"admin":"${MARK}"},"messageId":"${UUID}","text":"${MARK}"}`],
  ['constructor', JSON.stringify({ constructor: { prototype: { mark: MARK } } })],
  ['1,000 levels', `{"text":${'{"a":'.repeat(1_000)}"${MARK}"${'}'.repeat(1_000)}}`],
  ['names that are given twice', `{"messageId":"${UUID}","text":"${MARK}","text":"${MARK}"}`],
  ['1 MB', JSON.stringify({ text: MARK.repeat(70_000) })],
  ['a list', JSON.stringify([{ text: MARK }])],
  ['a bare text', JSON.stringify(MARK)],
  ['no JSON', `text=${MARK}`],
  ['another type', everywhere(MARK), { 'content-type': 'text/plain' }],
  ['a form', `text=${MARK}`, { 'content-type': 'application/x-www-form-urlencoded' }],
];

function send({ method, path, guard }: Route, body: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const isAdmin = guard === 'admin';
  const origin = isAdmin ? casement.settingsOrigin : casement.origin;
  return rawRequest({
    port: casement.port,
    method,
    path: path.replaceAll(/:(slug|version)\b/g, '1').replaceAll(/:\w+/g, UUID),
    headers: {
      host: new URL(origin).host,
      authorization: `Bearer ${isAdmin ? adminToken : visitorToken}`,
      origin,
      'content-type': 'application/json',
      ...headers,
    },
    body,
  });
}

/** What browsers report has a type of its own, and a test of its own; the others need no body and read none. */
const WITHOUT_JSON = /\/(reports|renew|opened|revoke)$/;

/** Routes that read a body. Documents read none: whoever asks for one by `POST` is refused. */
function routesWithBody(): Route[] {
  return casement.server.app.routes.filter(
    ({ method, path }) => /^(POST|PUT)$/.test(method) && path.startsWith(API_BASE) && !WITHOUT_JSON.test(path),
  );
}

describe('case 68: a body with', () => {
  test.for(BODIES)('%s is refused by every route, and nothing of it reaches the store', async ([, body, headers]) => {
    const routes = routesWithBody();
    expect(routes.length).toBeGreaterThan(8);
    for (const route of routes) {
      let status = 0;
      const operations = await watchStore(async () => {
        ({ status } = await send(route, body, headers));
      });
      expect(status, `${route.method} ${route.path}`).toBeOneOf([400, 413, 415]);
      const asked = operations.filter((operation) => JSON.stringify(operation).includes(MARK));
      expect(asked, `${route.method} ${route.path}`).toEqual([]);
      expect(operations.filter(({ asked: filter }) => /\$(where|function|expr)"/.test(filter))).toEqual([]);
    }
  });

  test('nothing of all that is taken where it is right', async () => {
    const answer = await send(
      routesWithBody().find(({ path }) => path.endsWith('/chat')) ?? expect.fail('there is no chat'),
      JSON.stringify({ messageId: UUID, text: 'Hello' }),
      { accept: 'application/json' },
    );
    expect(answer.status).toBe(200);
    expect(Object.getPrototypeOf({})).not.toHaveProperty('admin');
  });
});

test('case 68: the store is watched: a right body would be seen in it', async () => {
  const [route] = routesWithBody().filter(({ path }) => path.endsWith('/chat'));
  const body = JSON.stringify({ messageId: crypto.randomUUID(), text: MARK });
  const operations = await watchStore(() =>
    send(route ?? expect.fail('no chat'), body, { accept: 'application/json' }),
  );
  expect(JSON.stringify(operations)).toContain(MARK);
});
