import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deriveSigningKeys } from '../../server/domain/secret-keys.ts';
import { issueSessionToken, readSessionToken } from '../../server/domain/session-token.ts';
import { API_BASE } from '../../shared/api-path.ts';
import type { ChatAnswer } from '../../shared/chat.ts';
import { askFrame, type FrameVisitor, openVisitor, readBoot } from '../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';
import { type Audience, type Belongings, GUARDED_ROUTES } from './guarded-routes.ts';
import { type IsolationStage, SESSION_SECRET, startIsolationStage } from './stage.ts';

const ORIGINS = ['no Origin', 'evil', 'null', 'the shop', 'our own'] as const;
const TOKENS = [
  'no token',
  'an expired one',
  'a forged one',
  'a ticket',
  'one of another key',
  'one of another visitor',
  'the right one',
] as const;
type OriginName = (typeof ORIGINS)[number];
type TokenName = (typeof TOKENS)[number];

let stage: IsolationStage;
let visitor: FrameVisitor;
let belongings: Belongings;
let origins: Readonly<Record<OriginName, string | undefined>>;
let tokens: Readonly<Record<TokenName, string | undefined>>;

beforeAll(async () => {
  stage = await startIsolationStage();
  origins = {
    'no Origin': undefined,
    evil: stage.sites.origin('evil'),
    null: 'null',
    'the shop': stage.sites.origin('shop'),
    'our own': stage.widgetOrigin,
  };
});
afterAll(() => stage.stop());

/** A visitor with a conversation, and the tokens of those who have no right to it. */
beforeEach(async () => {
  const { casement, keys } = stage;
  const origin = stage.sites.origin('shop');
  const site = { publicKey: keys.shop, origin };
  visitor = await openVisitor(casement, site);
  const answer = await visitor.ask({
    method: 'POST',
    path: '/chat',
    headers: { accept: 'application/json' },
    body: { messageId: randomUUID(), text: 'What do you sell?' },
  });
  const { conversationId, reply }: ChatAnswer = JSON.parse(answer.body);
  belongings = { publicKey: keys.shop, conversationId, replyId: reply.id };

  const signingKey = deriveSigningKeys(SESSION_SECRET).session;
  const now = new Date();
  const claims = await readSessionToken(visitor.token, signingKey, now);
  const anHourAgo = new Date(now.getTime() - 3_600_000);
  const forgingKey = deriveSigningKeys('somebody else’s secret of 32 bytes').session;
  tokens = {
    'no token': undefined,
    'an expired one': (await issueSessionToken(claims, signingKey, anHourAgo)).token,
    'a forged one': (await issueSessionToken(claims, forgingKey, now)).token,
    'a ticket': readBoot((await askFrame(casement, site)).body).ticket,
    'one of another key': (await openVisitor(casement, { publicKey: keys.rival, origin })).token,
    'one of another visitor': (await openVisitor(casement, site)).token,
    'the right one': visitor.token,
  };
});

/** Sends a route's request as any program can: with this `Origin` and this token, and no `Sec-Fetch-*`. */
function ask(name: string, origin: OriginName, token: TokenName, headers: Record<string, string> = {}) {
  const [method = 'GET'] = name.split(' ');
  const { path, body } = requestOf(name);
  const sentOrigin = origins[origin];
  const sentToken = tokens[token];
  return rawRequest({
    port: stage.casement.port,
    method,
    path,
    headers: {
      host: stage.casement.host,
      accept: 'application/json, text/event-stream;q=0.1',
      ...(sentOrigin !== undefined && { origin: sentOrigin }),
      ...(sentToken !== undefined && { authorization: `Bearer ${sentToken}` }),
      ...(body !== undefined && { 'content-type': GUARDED_ROUTES[name]?.mediaType ?? 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function requestOf(name: string): { readonly path: string; readonly body?: unknown } {
  const [, path = ''] = name.split(' ');
  return GUARDED_ROUTES[name]?.request(belongings) ?? { path: path.replaceAll(/:\w+/g, '1') };
}

/** Status and error code, such as `403 CROSS_SITE_REQUEST`; the code is empty for pages and successes. */
function outcomeOf({ status, body }: RawAnswer): string {
  const [, code = ''] = /"error":\{"code":"(\w+)"/.exec(body) ?? [];
  return `${status} ${code}`.trim();
}

const REFUSED_TOKENS: Readonly<Partial<Record<TokenName, string>>> = {
  'no token': '401 SESSION_MISSING',
  'an expired one': '401 SESSION_EXPIRED',
  'a forged one': '401 SESSION_INVALID',
  'a ticket': '401 SESSION_INVALID',
};

/** What a caller of this kind has to be answered. */
function expectedOutcome(name: string, origin: OriginName, token: TokenName): string {
  const { audience, success, successOfAnother = success } = GUARDED_ROUTES[name] ?? { audience: 'anybody', success: 0 };
  const isRead = name.startsWith('GET ');
  // A browser sends no Origin with a read from the same origin.
  const isOwnPage = origin === 'our own' || (origin === 'no Origin' && isRead);
  const isRight = token === 'the right one';
  const outcomes: Record<Audience, () => string> = {
    anybody: () => `${success}`,
    'a listed page': () => {
      // Without an Origin a token is taken for a backend's, whose company has to sign it.
      if (origin === 'no Origin' && token !== 'no token') return '401 ADMIN_TOKEN_INVALID';
      return origin === 'the shop' ? `${success}` : '403 EMBED_REFUSED';
    },
    'the iframe of a listed page': () => '403',
    'our own page': () => (origin === 'our own' ? '401 TICKET_INVALID' : '403 CROSS_SITE_REQUEST'),
    'a visitor': () =>
      isOwnPage ? (REFUSED_TOKENS[token] ?? `${isRight ? success : successOfAnother}`) : '403 CROSS_SITE_REQUEST',
  };
  return outcomes[audience]();
}

/** Guards of the settings origin; case 80 tries the one for the dashboards on its own. */
const SETTINGS_GUARDS: readonly string[] = ['admin', 'claimed-dashboard'];

test('case 42: beside the routes for admins the server has exactly the routes this suite knows', () => {
  const routes = stage.casement.server.app.routes.filter(({ guard }) => !SETTINGS_GUARDS.includes(guard));
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(GUARDED_ROUTES).sort());
});

test('case 42: every route for admins -> is not there on the widget origin, and refuses all of these callers', async () => {
  const routes = stage.casement.server.app.routes.filter(({ guard }) => SETTINGS_GUARDS.includes(guard));
  expect(routes.length).toBeGreaterThan(0);
  const settingsHost = new URL(stage.casement.settingsOrigin).host;
  for (const route of routes) {
    for (const [origin, token] of ORIGINS.flatMap((each) => TOKENS.map((other) => [each, other] as const))) {
      // Where visitors have another method on the same path, the path is known and the method is not.
      expect((await ask(nameOf(route), origin, token)).status).toBeOneOf([404, 405]);
      const answer = await ask(nameOf(route), origin, token, { host: settingsHost });
      expect(answer.status).toBeOneOf([401, 403, 429]);
      expect(corsOf(answer)).toEqual([]);
    }
  }
});

function nameOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

function corsOf({ headers }: RawAnswer): [string, unknown][] {
  return Object.entries(headers).filter(([header]) => header.startsWith('access-control-'));
}

describe.each(Object.keys(GUARDED_ROUTES))('case 42: %s', (name) => {
  test('-> of all origins with all kinds of tokens only the right caller is answered', async () => {
    // The right caller comes last: a session that ends is not there for the ones after it.
    for (const [origin, token] of ORIGINS.flatMap((each) => TOKENS.map((other) => [each, other] as const))) {
      const outcome = outcomeOf(await ask(name, origin, token)).replace(
        / (?:(?:CONVERSATION|REPLY)_NOT_FOUND|IDENTITY_INVALID)$/,
        '',
      );
      expect(`${origin}, ${token}: ${outcome}`).toBe(`${origin}, ${token}: ${expectedOutcome(name, origin, token)}`);
    }
  });

  test('-> CORS is answered to nobody but a listed page’s question for the configuration', async () => {
    for (const origin of ORIGINS) {
      const cors = corsOf(await ask(name, origin, 'the right one'));
      const isConfiguration = GUARDED_ROUTES[name]?.audience === 'a listed page' && origin === 'the shop';
      const isPublicFile = /loader|assets|settings\.js/.test(name);
      const allowed = isConfiguration ? origins['the shop'] : isPublicFile ? '*' : undefined;
      expect(cors).toEqual(allowed === undefined ? [] : [['access-control-allow-origin', allowed]]);
    }
  });
});

const OWN_ROUTES = Object.entries(GUARDED_ROUTES)
  .filter(([, { audience }]) => audience === 'a visitor' || audience === 'our own page')
  .map(([name]) => name);

test.each(OWN_ROUTES)('case 42: %s by a page that is not our own, as the browser says -> refused', async (name) => {
  for (const site of ['cross-site', 'same-site', 'none']) {
    const answer = await ask(name, 'our own', 'the right one', { 'sec-fetch-site': site });
    expect(outcomeOf(answer)).toBe('403 CROSS_SITE_REQUEST');
  }
});

test.each(OWN_ROUTES)('case 42: %s by everybody else -> tells and changes nothing of the visitor’s', async (name) => {
  const transcript = await readTranscript();
  for (const origin of ORIGINS) {
    for (const token of TOKENS.filter((candidate) => candidate !== 'the right one')) {
      const { body } = await ask(name, origin, token);
      for (const id of [belongings.conversationId, belongings.replyId]) expect(body).not.toContain(id);
    }
  }
  expect(await readTranscript()).toBe(transcript);
});

async function readTranscript(): Promise<string> {
  const { status, body } = await visitor.ask({ path: `/conversations/${belongings.conversationId}` });
  expect(status).toBe(200);
  return body;
}

test('case 51: every route asked by OPTIONS from any site -> refused without CORS', async () => {
  const { app } = stage.casement.server;
  const names = [...app.routes.map(nameOf), 'GET /nowhere', `GET ${API_BASE}/nowhere`];
  const hosts = [stage.widgetOrigin, stage.casement.settingsOrigin].map((origin) => new URL(origin).host);
  for (const name of names) {
    for (const [origin, host] of ORIGINS.flatMap((each) => hosts.map((other) => [each, other] as const))) {
      const sentOrigin = origins[origin];
      const answer = await rawRequest({
        port: stage.casement.port,
        method: 'OPTIONS',
        path: requestOf(name).path,
        headers: {
          host,
          ...(sentOrigin !== undefined && { origin: sentOrigin }),
          'access-control-request-method': name.split(' ')[0] ?? '',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
      expect(`${name} at ${host}: ${answer.status}`).toMatch(/: 40[45]$/);
      expect(corsOf(answer)).toEqual([]);
    }
  }
});
