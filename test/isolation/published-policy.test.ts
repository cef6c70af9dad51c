import * as v from 'valibot';
import { describe, expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { type IsolationDocument, isolationDocumentSchema } from '../../shared/isolation-document.ts';
import { spyingHostPage } from '../support/hostile-host.ts';
import { embeddingPage } from '../support/hostile-pages.ts';
import type { RawAnswer } from '../support/raw-http.ts';
import { visitAsAdmin } from './admin-visits.ts';
import { askAt, type CrawledAnswers, crawl } from './crawl.ts';
import { askInFrame, frameOf, heardEvents, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test as isolationTest } from './isolation-test.ts';
import { findDrift, kindOf, matches } from './published-headers.ts';

const PATH = '/.well-known/widget-isolation.json';

type Crawled = { readonly policy: IsolationDocument; readonly answers: CrawledAnswers };

/** What a deployment says of itself, and what all its routes answered to those they are for. */
const test = isolationTest.extend('crawl', { scope: 'file' }, async ({ stage }): Promise<Crawled> => {
  const { body } = await askAt(stage, stage.widgetOrigin, ['GET', PATH]);
  const policy = v.parse(isolationDocumentSchema, JSON.parse(body));
  return { policy, answers: await crawl(stage) };
});

const nameOf = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`;

test('case 72: the document has exactly the routes that are registered', ({ stage, crawl: { policy } }) => {
  expect(policy.routes.map(nameOf).sort()).toEqual(stage.casement.server.app.routes.map(nameOf).sort());
});

/** The kinds that an answer of this status may be of. */
function kindsFor({ answers, refusal }: IsolationDocument['routes'][number], { status }: RawAnswer): readonly string[] {
  return status < 400 ? answers : [refusal];
}

test('case 72: every route answers with the published headers, and with no other', ({ crawl: { policy, answers } }) => {
  for (const route of policy.routes) {
    const observed = answers.get(nameOf(route)) ?? [];
    expect(observed, nameOf(route)).not.toEqual([]);
    for (const answer of observed) {
      const kinds = kindsFor(route, answer);
      expect(`${nameOf(route)}: ${kindOf(answer, kinds, policy)}`).toBeOneOf(
        kinds.map((kind) => `${nameOf(route)}: ${kind}`),
      );
    }
  }
});

test('case 72: every published kind of answer was seen', ({ crawl: { policy, answers } }) => {
  const seen = policy.routes.flatMap((route) =>
    (answers.get(nameOf(route)) ?? []).map((answer) => kindOf(answer, kindsFor(route, answer), policy)),
  );
  const kinds = Object.keys(policy.answers).filter((kind) => kind !== 'preflight');
  expect([...new Set(seen)].sort()).toEqual(kinds.sort());
});

test('case 72: every route refuses strangers with the published headers, where it is and where it is not', async ({
  stage,
  crawl: { policy },
}) => {
  const origins = { widget: stage.widgetOrigin, settings: stage.casement.settingsOrigin } as const;
  for (const route of policy.routes.filter(({ caller }) => caller !== 'public')) {
    for (const surface of ['widget', 'settings'] as const) {
      const path = route.path.replaceAll(/:\w+/g, '1');
      const answer = await askAt(stage, origins[surface], [route.method, path], {
        headers: { origin: 'https://evil.example' },
      });
      const isThere = route.origins.includes(surface);
      const at = `${nameOf(route)} at ${surface}`;
      if (isThere) expect(answer.status, at).toBeOneOf([400, 401, 403, 429]);
      else expect(answer.status, at).toBeOneOf([401, 403, 404, 405]);
      const kind = isThere ? route.refusal : 'error';
      expect(`${at}: ${kindOf(answer, [kind], policy)}`).toBe(`${at}: ${kind}`);
    }
  }
});

test('case 72: a dashboard’s preflight is answered with the published headers', async ({
  stage,
  crawl: { policy },
}) => {
  const [origin = ''] = policy.origins.dashboards;
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const answer = await askAt(stage, stage.casement.settingsOrigin, ['OPTIONS', `${API_BASE}/settings`], { headers });
  expect(answer.status).toBe(204);
  expect(kindOf(answer, ['preflight'], policy)).toBe('preflight');
});

test('case 72: the published cookies are set by the published routes, with the published attributes', ({
  crawl: { policy, answers },
}) => {
  const seen = new Set<string>();
  for (const [name, { headers }] of [...answers].flatMap(([route, all]) =>
    all.map((answer) => [route, answer] as const),
  )) {
    for (const cookie of headers['set-cookie'] ?? []) {
      const [pair = '', ...attributes] = cookie.split('; ');
      const published =
        policy.cookies.find((each) => matches(pair.split('=', 1)[0] ?? '', each.name)) ?? expect.fail(cookie);
      expect(published.setBy).toContain(name);
      expect(attributes).toHaveLength(published.attributes.length);
      for (const [index, attribute] of attributes.entries()) {
        expect(matches(attribute, published.attributes[index] ?? '')).toBe(true);
      }
      seen.add(name);
    }
  }
  expect(seen).toContain(`POST ${API_BASE}/session`);
});

describe('case 72: a drift is found', () => {
  const published = { always: { 'Cache-Control': 'no-store', ETag: '{etag}' }, sometimes: { Vary: 'Origin' } };
  const answer = (...rawHeaders: string[]): RawAnswer => ({ status: 200, headers: {}, rawHeaders, body: '' });

  test.for<[string, RawAnswer, number]>([
    ['that is none', answer('cache-control', 'no-store', 'etag', '"a"', 'date', 'today'), 0],
    ['that is none, with what may be there', answer('Cache-Control', 'no-store', 'ETag', '"a"', 'Vary', 'Origin'), 0],
    ['in a value', answer('Cache-Control', 'public', 'ETag', '"a"'), 2],
    ['in a header that is missing', answer('ETag', '"a"'), 1],
    ['in a header nobody knows', answer('Cache-Control', 'no-store', 'ETag', '"a"', 'X-Powered-By', 'us'), 1],
    ['in a header that comes twice', answer('Cache-Control', 'no-store', 'Cache-Control', 'public', 'ETag', '"a"'), 1],
  ])('%s', ([_where, observed, count]) => {
    expect(findDrift(observed, published)).toHaveLength(count);
  });
});

test('case 72: a dashboard’s page is answered with the published headers, also when it is refused', async ({
  stage,
  crawl: { policy },
}) => {
  const [origin = ''] = policy.origins.dashboards;
  const { widget } = await stage.casement.createWidget({ allowlist: [] });
  const answers = await visitAsAdmin(stage.casement, widget.companyId, { origin });
  for (const route of policy.routes.filter(({ caller }) => caller === 'admin')) {
    const answer = answers.get(nameOf(route)) ?? expect.fail(`${nameOf(route)} was not asked`);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(route.answers).toContain(kindOf(answer, route.answers, policy));
    const refused = await askAt(stage, stage.casement.settingsOrigin, [route.method, '/api/v1/widget/settings'], {
      headers: { origin },
    });
    expect(kindOf(refused, ['error'], policy)).toBe('error');
  }
});

test('case 72: the iframe in the page has the published attributes and no other of their kind', async ({
  stage,
  crawl: { policy },
  page,
}) => {
  await page.goto(stage.sites.publish('shop', spyingHostPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  await eventually(() => heardEvents(page)).toContain('ready');
  const attributes = await page.evaluate(() => {
    const iframe: HTMLIFrameElement = Reflect.get(window, 'spied').roots[0].querySelector('iframe');
    return Object.fromEntries([...iframe.attributes].map(({ name, value }) => [name, value]));
  });
  const { title: _title, src: _src, class: _class, ...rest } = attributes;
  const [frame] = policy.frames;
  const { sandbox = [], ...published } = frame?.attributes ?? {};
  expect(rest).toEqual({ ...published, sandbox: sandbox.join(' ') });
});

test('case 72: host page and frame keep nothing but what is published', async ({
  stage,
  crawl: { policy },
  page,
  context,
}) => {
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  await askInFrame(frame, 'What do you sell?');
  for (const [where, target] of [
    ['host page', page],
    ['frame', frame],
  ] as const) {
    const kept = await target.evaluate(async () => ({
      names: Object.keys({ ...sessionStorage }),
      local: Object.keys({ ...localStorage }),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      cookies: document.cookie,
    }));
    const published = policy.storage.filter((each) => each.where === where).map(({ name }) => name);
    expect(kept.names.filter((name) => !published.some((template) => matches(name, template)))).toEqual([]);
    expect(kept).toMatchObject({ local: [], databases: [], caches: [], cookies: '' });
    if (where === 'host page') expect(kept.names).toHaveLength(1);
  }
  const names = (await context.cookies()).map(({ name }) => name);
  expect(names).toHaveLength(1);
  expect(names.every((name) => matches(name, policy.cookies[0]?.name ?? ''))).toBe(true);
});
