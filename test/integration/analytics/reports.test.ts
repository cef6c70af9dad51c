import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { embedAttemptsSchema } from '../../../shared/embed-attempts-api.ts';
import { askFrame } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { ROOMY_LIMITS } from '../../support/roomy-limits.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { createWatched, SHOP, type Watched } from './analytics-setup.ts';

const EVIL = 'https://evil.example';
const CSP = 'application/csp-report';
const REPORTS = 'application/reports+json';

let casement: Casement;
let watched: Watched;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(async () => {
  watched = await createWatched(casement);
});

/** Sends a report as a browser does: without a session, naming the page in the referrer. */
function report(body: unknown, { type = CSP, referer = `${EVIL}/` }: { type?: string; referer?: string } = {}) {
  return rawRequest({
    port: casement.port,
    method: 'POST',
    path: '/api/v1/widget/reports',
    headers: { host: casement.host, 'content-type': type, origin: 'null', ...(referer && { referer }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const frameUrl = () => `${casement.origin}/frame/${watched.publicKey}?o=${encodeURIComponent(SHOP)}`;
const violation = (over: object = {}) => ({
  'csp-report': {
    'document-uri': frameUrl(),
    'violated-directive': 'frame-ancestors',
    'effective-directive': 'frame-ancestors',
    'blocked-uri': frameUrl(),
    ...over,
  },
});

async function attempts() {
  const { json } = await watched.ask('/reports');
  return v.parse(embedAttemptsSchema, json).attempts;
}

describe('who tried to embed us', () => {
  test('is in the referrer of a report, and counted with first and last time', async () => {
    expect((await report(violation())).status).toBe(204);
    await report(violation());
    const [attempt, ...others] = await attempts();
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({ what: 'frame-ancestors', embedder: EVIL, blocked: '', count: 2 });
    await report(violation());
    const [later] = await attempts();
    expect(later).toMatchObject({ count: 3, firstSeenAt: attempt?.firstSeenAt });
    expect((await watched.analytics()).totals.embedsRefused).toBe(3);
  });

  test('is known as well when the server refused the frame or the configuration', async () => {
    await askFrame(casement, { publicKey: watched.publicKey, origin: EVIL });
    const path = `/api/v1/widget/config?key=${watched.publicKey}`;
    await rawRequest({ port: casement.port, path, headers: { host: casement.host, origin: EVIL } });
    expect((await attempts()).map(({ what, embedder }) => [what, embedder]).toSorted()).toEqual([
      ['configuration', EVIL],
      ['frame', EVIL],
    ]);
  });

  test('is not known if the browser does not say, but that somebody tried is', async () => {
    await report(violation(), { referer: '' });
    expect(await attempts()).toMatchObject([{ embedder: '', count: 1 }]);
  });

  test('is told to admins of the widget only', async () => {
    await report(violation());
    const other = await createWatched(casement);
    expect((await other.ask('/reports')).json.attempts).toEqual([]);
    expect((await watched.ask('/reports', 'service')).status).toBe(403);
  });
});

describe('a report', () => {
  test('of what was blocked in the frame has its origin, and never a path', async () => {
    const blocked = { 'effective-directive': 'img-src', 'blocked-uri': 'https://tracker.example/p?secret=1' };
    await report(violation(blocked), { referer: '' });
    await report(violation({ 'effective-directive': 'script-src-elem', 'blocked-uri': 'inline' }), { referer: '' });
    const seen = (await attempts()).map((attempt) => [attempt.what, attempt.blocked]).toSorted();
    expect(seen).toEqual([
      ['img-src', 'https://tracker.example'],
      ['script-src-elem', 'inline'],
    ]);
  });

  test('can have the form of the Reporting API', async () => {
    const body = { documentURL: frameUrl(), effectiveDirective: 'frame-ancestors', blockedURL: frameUrl() };
    const reports = [
      { type: 'csp-violation', age: 1, url: frameUrl(), body },
      { type: 'deprecation', age: 1, url: frameUrl(), body: { id: 'x' } },
    ];
    expect((await report(reports, { type: REPORTS })).status).toBe(204);
    expect(await attempts()).toMatchObject([{ what: 'frame-ancestors', embedder: EVIL, count: 1 }]);
  });

  test.each([
    ['about another page', { 'document-uri': 'https://elsewhere.example/', 'blocked-uri': 'inline' }],
    ['about a key that is none', { 'document-uri': 'https://w.example/frame/PUB_x', 'blocked-uri': '' }],
    ['with a directive we do not send', { 'effective-directive': 'made-up' }],
  ])('%s is taken and left out', async (_, over) => {
    expect((await report(violation(over))).status).toBe(204);
    expect(await attempts()).toEqual([]);
  });

  test.each([
    ['another type', 415, () => report(violation(), { type: 'application/json' })],
    ['no JSON', 400, () => report('{')],
    ['no report', 400, () => report({ hello: 1 })],
    ['an operator in place of a text', 400, () => report(violation({ 'document-uri': { $gt: '' } }))],
    ['more than 8 KiB', 413, () => report(violation({ padding: 'x'.repeat(8_200) }))],
    [
      'a list of too many',
      400,
      () =>
        report(
          Array.from({ length: 21 }, () => ({ type: 'x' })),
          { type: REPORTS },
        ),
    ],
  ])('of %s is answered %i', async (_, status, send) => {
    expect((await send()).status).toBe(status);
    expect(await attempts()).toEqual([]);
  });
});

describe('a flood of reports', () => {
  test('case 70: from made-up sites fills neither memory nor store', async () => {
    const at = new Date();
    const known = {
      widgetId: watched.id,
      what: 'frame-ancestors',
      blocked: '',
      count: 1,
      firstSeenAt: at,
      lastSeenAt: at,
    };
    const collection = casement.store.collection('widget_embed_attempts');
    await collection.insertMany(
      Array.from({ length: 500 }, (_, site) => ({ ...known, embedder: `https://${site}.evil.example` })),
    );
    for (let site = 490; site < 510; site++) await report(violation(), { referer: `https://${site}.evil.example/` });
    const seen = await attempts();
    expect(await collection.countDocuments({ widgetId: watched.id })).toBe(500);
    expect(seen.filter(({ count }) => count === 2).length).toBe(10);
  });

  test('case 70: from one address is refused before a body is read', async () => {
    await casement.stop();
    const limits = { ...ROOMY_LIMITS, reports: { address: { most: 2, seconds: 60 } } };
    casement = await startCasement({ limits });
    watched = await createWatched(casement);
    expect([(await report(violation())).status, (await report(violation())).status]).toEqual([204, 204]);
    const refused = await report('{');
    expect([refused.status, refused.headers['ratelimit-policy']]).toEqual([429, '"reports-address";q=2;w=60']);
    expect(await attempts()).toMatchObject([{ count: 2 }]);
  });
});
