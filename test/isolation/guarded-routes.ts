import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { API_BASE, OPENAPI_PATH } from '../../shared/api-path.ts';
import type { ConversationId, ReplyId } from '../../shared/ids.ts';
import type { PublicKey } from '../../shared/public-key.ts';

/** What somebody has: the targets of those who must not reach it. */
export type Belongings = {
  readonly publicKey: PublicKey;
  readonly conversationId: ConversationId;
  readonly replyId: ReplyId;
};

/** Who may call a route. */
export type Audience = 'anybody' | 'a listed page' | 'the iframe of a listed page' | 'our own page' | 'a visitor';

export type GuardedRoute = {
  readonly audience: Audience;
  /** A whole request for what `belongings` name; the body is sent as JSON. */
  readonly request: (belongings: Belongings) => { readonly path: string; readonly body?: unknown };
  /** What the body calls itself; `application/json` unless told. */
  readonly mediaType?: string;
  /** The status for a visitor who is right in everything. */
  readonly success: number;
  /** The status for another visitor who asks for the same; without it the answer is the other's own. */
  readonly successOfAnother?: number;
};

const ASSETS = readdirSync(fileURLToPath(new URL('../../dist/assets/', import.meta.url)));
const asset = (prefix: string): string => ASSETS.find((file) => file.startsWith(prefix)) ?? '';

/** Every route the server may have, by method and path: a route that is not here fails the suite. */
export const GUARDED_ROUTES: Readonly<Record<string, GuardedRoute>> = {
  'GET /loader.js': { audience: 'anybody', success: 200, request: () => ({ path: '/loader.js' }) },
  'GET /loader/:file': {
    audience: 'anybody',
    success: 200,
    request: () => ({ path: `/loader/${asset('loader-').replace('loader-', '')}` }),
  },
  'GET /settings.js': { audience: 'anybody', success: 200, request: () => ({ path: '/settings.js' }) },
  'GET /settings-loader/:file': {
    audience: 'anybody',
    success: 200,
    request: () => ({ path: `/settings-loader/${asset('settings-loader-').replace('settings-loader-', '')}` }),
  },
  'GET /assets/:file': { audience: 'anybody', success: 200, request: () => ({ path: `/assets/${asset('frame-')}` }) },
  'GET /healthz': { audience: 'anybody', success: 200, request: () => ({ path: '/healthz' }) },
  'GET /.well-known/widget-isolation.json': {
    audience: 'anybody',
    success: 200,
    request: () => ({ path: '/.well-known/widget-isolation.json' }),
  },
  'GET /.well-known/security.txt': {
    audience: 'anybody',
    success: 200,
    request: () => ({ path: '/.well-known/security.txt' }),
  },
  'GET /readyz': { audience: 'anybody', success: 200, request: () => ({ path: '/readyz' }) },
  [`GET ${OPENAPI_PATH}`]: { audience: 'anybody', success: 200, request: () => ({ path: OPENAPI_PATH }) },
  'GET /frame/:key': {
    audience: 'the iframe of a listed page',
    success: 403,
    request: ({ publicKey }) => ({ path: `/frame/${publicKey}?o=https%3A%2F%2Fshop.example` }),
  },
  'POST /frame/:key': {
    audience: 'the iframe of a listed page',
    success: 403,
    request: ({ publicKey }) => ({ path: `/frame/${publicKey}?o=https%3A%2F%2Fshop.example`, body: {} }),
  },
  'GET /preview/:widget': {
    audience: 'the iframe of a listed page',
    success: 403,
    request: () => ({ path: '/preview/main?o=http%3A%2F%2Fdashboard.localhost%3A4402' }),
  },
  'POST /preview/:widget': {
    audience: 'the iframe of a listed page',
    success: 403,
    request: () => ({ path: '/preview/main?o=http%3A%2F%2Fdashboard.localhost%3A4402', body: {} }),
  },
  [`GET ${API_BASE}/config`]: {
    audience: 'a listed page',
    success: 200,
    request: ({ publicKey }) => ({ path: `${API_BASE}/config?key=${publicKey}` }),
  },
  [`GET ${API_BASE}/configuration`]: {
    audience: 'a visitor',
    success: 200,
    request: () => ({ path: `${API_BASE}/configuration` }),
  },
  [`POST ${API_BASE}/session`]: {
    audience: 'our own page',
    success: 401,
    request: () => ({ path: `${API_BASE}/session`, body: { ticket: 'none' } }),
  },
  [`POST ${API_BASE}/session/renew`]: {
    audience: 'a visitor',
    success: 200,
    request: () => ({ path: `${API_BASE}/session/renew` }),
  },
  [`DELETE ${API_BASE}/session`]: {
    audience: 'a visitor',
    success: 204,
    request: () => ({ path: `${API_BASE}/session` }),
  },
  [`POST ${API_BASE}/chat`]: {
    audience: 'a visitor',
    success: 200,
    successOfAnother: 404,
    request: ({ conversationId }) => ({
      path: `${API_BASE}/chat`,
      body: { conversationId, messageId: randomUUID(), text: 'Hello' },
    }),
  },
  [`GET ${API_BASE}/chat/:replyId`]: {
    audience: 'a visitor',
    success: 200,
    successOfAnother: 404,
    request: ({ replyId }) => ({ path: `${API_BASE}/chat/${replyId}` }),
  },
  [`POST ${API_BASE}/chat/:replyId/stop`]: {
    audience: 'a visitor',
    success: 204,
    successOfAnother: 404,
    request: ({ replyId }) => ({ path: `${API_BASE}/chat/${replyId}/stop` }),
  },
  [`GET ${API_BASE}/conversations`]: {
    audience: 'a visitor',
    success: 200,
    request: () => ({ path: `${API_BASE}/conversations` }),
  },
  [`GET ${API_BASE}/conversations/:id`]: {
    audience: 'a visitor',
    success: 200,
    successOfAnother: 404,
    request: ({ conversationId }) => ({ path: `${API_BASE}/conversations/${conversationId}` }),
  },
  [`POST ${API_BASE}/messages/:id/feedback`]: {
    audience: 'a visitor',
    success: 204,
    successOfAnother: 404,
    request: ({ replyId }) => ({ path: `${API_BASE}/messages/${replyId}/feedback`, body: { rating: 'helpful' } }),
  },
  [`POST ${API_BASE}/session/identify`]: {
    audience: 'a visitor',
    success: 403,
    request: () => ({ path: `${API_BASE}/session/identify`, body: { jwt: 'none' } }),
  },
  [`POST ${API_BASE}/session/opened`]: {
    audience: 'a visitor',
    success: 204,
    request: () => ({ path: `${API_BASE}/session/opened` }),
  },
  [`POST ${API_BASE}/reports`]: {
    audience: 'anybody',
    mediaType: 'application/csp-report',
    success: 204,
    request: () => ({ path: `${API_BASE}/reports`, body: { 'csp-report': { 'document-uri': 'about:blank' } } }),
  },
};
