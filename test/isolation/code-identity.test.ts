import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { describe, expect } from 'vitest';
import { element, embeddingPage, htmlPage } from '../support/hostile-pages.ts';
import { heardEvents, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Everything a build reads, but for the packages, which the lock file names with their hashes. */
const SOURCES = ['loader', 'frame', 'server', 'shared', 'scripts', 'esbuild.config.mjs', 'package.json'];
const SETTINGS = ['tsconfig.base.json', 'tsconfig.json'];

/** Copies the source to a folder of its own, builds it there, and answers the digest of each file that browsers get. */
async function buildApart(name: string): Promise<Record<string, string>> {
  const scratch = await mkdtemp(join(tmpdir(), 'casement-build-'));
  const copy = join(scratch, name);
  await mkdir(copy);
  for (const path of [...SOURCES, ...SETTINGS]) await cp(join(ROOT, path), join(copy, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  await promisify(execFile)(process.execPath, ['esbuild.config.mjs'], { cwd: copy });
  const digests = await digestFiles(join(copy, 'dist'));
  await rm(scratch, { recursive: true });
  return digests;
}

async function digestFiles(dist: string): Promise<Record<string, string>> {
  const files = (await readdir(join(dist, 'assets'))).map((file) => join('assets', file));
  const digests = [...files, 'manifest.json'].sort().map(async (file) => {
    const bytes = await readFile(join(dist, file));
    return [file, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

test('case 71: the source is built twice, in different folders -> the same files, byte for byte', async () => {
  const once = await buildApart('one');
  expect(Object.keys(once).length).toBeGreaterThan(10);
  expect(await buildApart('a-folder-with-a-longer-name')).toEqual(once);
});

/** Delivers the script `file` of the build itself, with one bit changed, or as it is; the answer counts how often. */
async function deliver(context: BrowserContext, file: string, change: 'one bit' | 'nothing'): Promise<() => number> {
  let delivered = 0;
  const body = await readFile(join(ROOT, 'dist/assets', file));
  // A letter becomes the same letter in the other case, so the script could still be read.
  const index = body.indexOf('return');
  if (change === 'one bit') body.writeUInt8(body.readUInt8(index) ^ 0x20, index);
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' };
  await context.route(
    ({ pathname }) => pathname === `/assets/${file}` || pathname === `/loader/${file.replace('loader-', '')}`,
    async (route) => {
      delivered++;
      await route.fulfill({ headers, body });
    },
  );
  return () => delivered;
}

const readManifest = async () => JSON.parse(await readFile(join(ROOT, 'dist/manifest.json'), 'utf8'));

describe.for(['nothing', 'one bit'] as const)('case 71: on the way %s is changed', (change) => {
  const isWhole = change === 'nothing';

  test(`of the loader -> the browser ${isWhole ? 'runs it' : 'refuses it'}`, async ({ stage, context, page, log }) => {
    const { file, integrity } = (await readManifest()).loader;
    const src = `${stage.widgetOrigin}/loader/${file.replace('loader-', '')}`;
    const script = element('script', { src, integrity, crossorigin: '', 'data-key': stage.keys.shop });
    const delivered = await deliver(context, file, change);
    await page.goto(stage.sites.publish('shop', htmlPage(script)));
    expect(delivered()).toBe(1);
    expect(await page.evaluate(() => Reflect.has(window, 'Casement'))).toBe(isWhole);
    expect(log.complaints.join()).toMatch(isWhole ? /^$/ : /integrity/);
  });

  test(`of the frame’s script -> the browser ${isWhole ? 'runs it' : 'refuses it'}`, async ({
    stage,
    context,
    page,
    log,
  }) => {
    await stage.forgetSessions();
    const { file } = (await readManifest()).frame.script;
    const delivered = await deliver(context, file, change);
    await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
    await openWidget(page);
    await eventually(() => heardEvents(page)).toContain(isWhole ? 'ready' : 'FRAME_REFUSED');
    expect(delivered()).toBe(1);
    await eventually(() => stage.countSessions()).toBe(isWhole ? 1 : 0);
    expect(log.complaints.join()).toMatch(isWhole ? /^$/ : /integrity/);
  });
});
