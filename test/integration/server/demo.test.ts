import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedDemoKnowledge } from '../../../server/demo/seed-demo-knowledge.ts';
import { findArticles } from '../../../server/store/knowledge.ts';
import { findKnowledgeVersion } from '../../../server/store/knowledge-versions.ts';
import { parseOrigin } from '../../../shared/origin.ts';
import { askFrame } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const DEMO = { origin: parseOrigin('http://shop.localhost:0') ?? expect.fail('not an origin'), port: 0 };

let casement: Casement;

beforeAll(async () => {
  casement = await startCasement({ config: { demo: DEMO } });
});
afterAll(() => casement.stop());

const shop = () => casement.server.config.demo ?? expect.fail('no shop');
const ask = (path: string, method = 'GET') =>
  rawRequest({ port: shop().port, method, path, headers: { host: shop().origin.replace('http://', '') } });

describe('the demo shop', () => {
  test('has one script tag, with a key that works on the shop and nowhere else', async () => {
    const { status, body } = await ask('/');
    expect(status).toBe(200);
    const tags = body.match(/<script\b.*?<\/script>/gs) ?? [];
    expect(tags).toHaveLength(1);
    const [, source, publicKey = ''] =
      /src="([^"]+)" data-key="(PUB_\w+)" data-config="eager"/.exec(tags[0] ?? '') ?? [];
    expect(source).toBe(`${casement.origin}/loader.js`);
    expect((await askFrame(casement, { publicKey, origin: shop().origin })).status).toBe(200);
    expect((await askFrame(casement, { publicKey, origin: 'http://other.localhost:1' })).status).toBe(403);
  });

  test('lets nothing in but the widget origin', async () => {
    const { headers } = await ask('/jacket');
    const policy = Object.fromEntries(
      (headers['content-security-policy']?.toString() ?? '').split('; ').map((line) => line.split(/ (.*)/, 2)),
    );
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': casement.origin,
      'frame-src': casement.origin,
      'connect-src': casement.origin,
      'style-src': "'self'",
      'require-trusted-types-for': "'script'",
    });
  });

  test.each([
    ['/', 200, 'text/html; charset=utf-8'],
    ['/jacket', 200, 'text/html; charset=utf-8'],
    ['/base.css', 200, 'text/css; charset=utf-8'],
    ['/images/harbour.svg', 200, 'image/svg+xml'],
    ['/nothing', 404, 'text/html; charset=utf-8'],
    ['/../create-shop.ts', 404, 'text/html; charset=utf-8'],
  ])('answers %s with %i', async (path, status, type) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe(type);
  });

  test('every picture, style and page it names is there', async () => {
    for (const page of ['/', '/jacket', '/nothing']) {
      const { body } = await ask(page);
      for (const [, path = ''] of body.matchAll(/(?:src|href)="(\/[^"#]*)[^"]*"/g)) {
        expect((await ask(path)).status, `${page} names ${path}`).toBe(200);
      }
    }
  });

  test('is read only', async () => {
    expect((await ask('/', 'POST')).status).toBe(405);
    expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});

describe('the demo widget', () => {
  test('knows the README and every guide', async () => {
    const settings = await casement.store.collection('widget_settings').findOne({ slug: 'demo' });
    const articles = await findArticles(String(settings?._id));
    expect(articles.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['readme', 'docs-isolation']));
    expect(articles.find(({ slug }) => slug === 'readme')).toMatchObject({ title: 'Casement' });
  });

  test('follows the files: what is new, changed or gone, and nothing else is written', async () => {
    const repository = await mkdtemp(join(tmpdir(), 'casement-docs-'));
    const write = (file: string, text: string) => writeFile(join(repository, file), text);
    try {
      await mkdir(join(repository, 'docs/decisions'), { recursive: true });
      await write('README.md', '# Boats\n\nWe sell boats.\n');
      await write('docs/decisions/0001-oars.md', 'no heading');
      await write('docs/picture.png', 'not text');
      await seedDemoKnowledge('widget', repository);
      const before = await findKnowledgeVersion('widget');
      expect(await findArticles('widget')).toEqual([
        { slug: 'docs-decisions-0001-oars', title: 'docs-decisions-0001-oars', body: 'no heading' },
        { slug: 'readme', title: 'Boats', body: '# Boats\n\nWe sell boats.\n' },
      ]);

      await seedDemoKnowledge('widget', repository);
      expect(await findKnowledgeVersion('widget')).toBe(before);

      await write('README.md', '# Ships\n');
      await rm(join(repository, 'docs/decisions/0001-oars.md'));
      await seedDemoKnowledge('widget', repository);
      expect(await findArticles('widget')).toEqual([{ slug: 'readme', title: 'Ships', body: '# Ships\n' }]);
    } finally {
      await rm(repository, { recursive: true });
    }
  });
});

test('a second start keeps the key and the knowledge', async () => {
  const first = casement.server.demo?.publicKey;
  const version = () => casement.store.collection('widget_knowledge_versions').find({}).toArray();
  const before = await version();
  await casement.server.stop();
  const again = await startCasement({ config: { demo: DEMO }, dataDirectory: casement.dataDirectory });
  try {
    expect(again.server.demo?.publicKey).toBe(first);
    expect(await version()).toEqual(before);
  } finally {
    await again.stop();
  }
});
