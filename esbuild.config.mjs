// Builds the three bundles into dist/: the loader (one IIFE), the frame (ES modules, split, content-hashed) and the
// server; beside them the command `casement`, and `casement/verify`, which backends import. Static files get a brotli
// and a gzip twin; dist/manifest.json tells the server what it may serve and with which Subresource Integrity.
// `buildAll()` is used by `npm run dev` as well.
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const DIST = join(ROOT, 'dist');
// Everything is made here and then takes the place of `dist/` at once, so that a failed build leaves the last good one.
const NEXT = join(ROOT, '.cache', `build-${process.pid}`);
const ASSETS = join(NEXT, 'assets');

const browserOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  metafile: true,
  target: ['es2022'],
  legalComments: 'none',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  outdir: ASSETS,
};

/** Builds everything into `dist/` and answers the manifest. Throws with esbuild's messages if a part does not build. */
export async function buildAll() {
  await rm(NEXT, { recursive: true, force: true });
  await mkdir(ASSETS, { recursive: true });
  const [loader, frame, server] = await Promise.all([buildLoader(), buildFrame(), buildServer(), buildTools()]);
  await compressAssets();
  const manifest = await createManifest(loader.metafile, frame.metafile);
  await writeFile(join(NEXT, 'manifest.json'), JSON.stringify(manifest, null, 2));
  const metafiles = { loader: loader.metafile, frame: frame.metafile, server: server.metafile };
  await writeFile(join(NEXT, 'metafiles.json'), JSON.stringify(metafiles));
  await rm(DIST, { recursive: true, force: true });
  await rename(NEXT, DIST);
  return manifest;
}

function buildLoader() {
  return build({ ...browserOptions, entryPoints: { loader: 'loader/main.ts' }, format: 'iife' });
}

function buildFrame() {
  return build({
    ...browserOptions,
    entryPoints: { frame: 'frame/main.tsx' },
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
}

const nodeOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  metafile: true,
  sourcemap: true,
  platform: 'node',
  format: 'esm',
  target: ['node20'],
  packages: 'external',
};

function buildServer() {
  return build({
    ...nodeOptions,
    entryPoints: { main: 'server/main.ts', 'embedded-db': 'server/embedded-db/main.ts' },
    outdir: join(NEXT, 'server'),
  });
}

async function buildTools() {
  const entryPoints = { cli: 'server/cli/main.ts', verify: 'server/verify/verify-signature.ts' };
  await build({ ...nodeOptions, entryPoints, outdir: NEXT });
  await chmod(join(NEXT, 'cli.js'), 0o755);
  await copyFile(join(ROOT, 'server/verify/verify.d.ts'), join(NEXT, 'verify.d.ts'));
}

/** Integrity is a sha384 digest as in https://www.w3.org/TR/sri-2/; files are named relative to `dist/assets`. */
async function createManifest(loaderMeta, frameMeta) {
  const loaderEntry = findEntry(loaderMeta, 'loader/main.ts');
  const frameEntry = findEntry(frameMeta, 'frame/main.tsx');
  const initial = closure(frameMeta, [frameEntry], ['import-statement']);
  const everything = closure(frameMeta, [frameEntry], ['import-statement', 'dynamic-import']);
  const style = frameMeta.outputs[frameEntry].cssBundle;
  const frame = {
    script: await describe(frameEntry),
    style: await describe(style),
    preload: await Promise.all([...initial].filter((file) => file !== frameEntry).map(describe)),
    lazy: await Promise.all([...everything].filter((file) => !initial.has(file)).map(describe)),
  };
  const loader = await describe(loaderEntry);
  const files = [loader, frame.script, frame.style, ...frame.preload, ...frame.lazy];
  const digest = createHash('sha256').update(files.map(({ integrity }) => integrity).join());
  return { build: digest.digest('hex').slice(0, 12), loader, frame };
}

function findEntry(metafile, source) {
  const [output] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
  if (output === undefined) throw new Error(`esbuild made no output for "${source}"`);
  return output;
}

function closure(metafile, outputs, kinds, seen = new Set()) {
  for (const output of outputs) {
    if (seen.has(output)) continue;
    seen.add(output);
    const { imports } = metafile.outputs[output];
    closure(
      metafile,
      imports.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => path),
      kinds,
      seen,
    );
  }
  return seen;
}

async function describe(output) {
  const digest = createHash('sha384').update(await readFile(join(ROOT, output)));
  return { file: basename(output), integrity: `sha384-${digest.digest('base64')}` };
}

async function compressAssets() {
  for (const file of await readdir(ASSETS)) {
    const path = join(ASSETS, file);
    const bytes = await readFile(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await Promise.all([
      promisify(brotliCompress)(bytes, { params }).then((packed) => writeFile(`${path}.br`, packed)),
      promisify(gzip)(bytes, { level: 9 }).then((packed) => writeFile(`${path}.gz`, packed)),
    ]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { build: id } = await buildAll();
  console.log(`Built ${id} into dist/`);
}
