// Builds the bundles into dist/: the two loaders (an IIFE each), the frame's two documents, chat and settings (ES modules,
// split, content-hashed), and the server; beside them the command `casement`, and `casement/verify`, which backends import, and
// openapi.json, which describes the API. Static files get a brotli and a gzip twin; dist/manifest.json tells the server what it may serve and with which Subresource Integrity.
// `buildAll()` is used by `npm run dev` as well.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { INNER_FIELDS, minifyLoader } from './scripts/minify-loader.mjs';

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
  const builds = {
    loader: buildLoader('loader', 'loader/main.ts'),
    settingsLoader: buildLoader('settings-loader', 'loader/settings/main.ts'),
    frame: buildDocument({ frame: 'frame/main.tsx' }),
    settings: buildDocument({ settings: 'frame/settings/main.tsx' }),
    server: buildServer(),
  };
  await Promise.all([...Object.values(builds), buildTools(), buildPackage(), writeApiDocument()]);
  await compressAssets();
  const metafiles = {};
  for (const [part, result] of Object.entries(builds)) metafiles[part] = (await result).metafile;
  const manifest = await createManifest(metafiles);
  await writeFile(join(NEXT, 'manifest.json'), JSON.stringify(manifest, null, 2));
  await writeFile(join(NEXT, 'metafiles.json'), JSON.stringify(metafiles));
  await rm(DIST, { recursive: true, force: true });
  await rename(NEXT, DIST);
  return manifest;
}

async function buildLoader(name, entryPoint) {
  const bundled = await build({
    ...browserOptions,
    entryPoints: [entryPoint],
    format: 'iife',
    minify: false,
    minifySyntax: true,
    mangleProps: INNER_FIELDS,
    // There is nothing in it that strict mode would change, and the words for it cost bytes.
    tsconfigRaw: { compilerOptions: { alwaysStrict: false, strict: false } },
    write: false,
  });
  return await minifyLoader(bundled, name, ROOT);
}

/** The code of one document. Each is split by itself, so that no document loads a chunk for the sake of another. */
function buildDocument(entryPoints) {
  return build({
    ...browserOptions,
    entryPoints,
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

/** The loaders as a module, for whoever bundles their pages; and what stands in its place outside a browser. */
async function buildPackage() {
  const entryPoints = ['loader/package/casement.ts', 'loader/package/casement-server.ts'];
  await build({ absWorkingDir: ROOT, bundle: true, format: 'esm', target: ['es2022'], entryPoints, outdir: NEXT });
  await copyFile(join(ROOT, 'loader/package/casement.d.ts'), join(NEXT, 'casement.d.ts'));
}

/** The code says itself what its API is: a script that writes the document is bundled beside the build, and run once. */
async function writeApiDocument() {
  const script = join(ROOT, '.cache', `openapi-${process.pid}.mjs`);
  await build({ ...nodeOptions, sourcemap: false, entryPoints: ['server/openapi/write-document.ts'], outfile: script });
  await promisify(execFile)(process.execPath, [script, join(NEXT, 'openapi.json')]);
  await rm(script);
}

/** Integrity is a sha384 digest as in https://www.w3.org/TR/sri-2/; files are named relative to `dist/assets`. */
async function createManifest(metafiles) {
  const loader = await describe(findEntry(metafiles.loader, 'loader/main.ts'));
  const settingsLoader = await describe(findEntry(metafiles.settingsLoader, 'loader/settings/main.ts'));
  const frame = await describeDocument(metafiles.frame, 'frame/main.tsx');
  const settings = await describeDocument(metafiles.settings, 'frame/settings/main.tsx');
  const files = [loader, settingsLoader, ...filesOf(frame), ...filesOf(settings)];
  const digest = createHash('sha256').update(files.map(({ integrity }) => integrity).join());
  return { build: digest.digest('hex').slice(0, 12), loader, frame, settingsLoader, settings };
}

async function describeDocument(metafile, source) {
  const entry = findEntry(metafile, source);
  const initial = closure(metafile, [entry], ['import-statement']);
  const everything = closure(metafile, [entry], ['import-statement', 'dynamic-import']);
  const lazy = [...everything].filter((file) => !initial.has(file));
  const roots = lazy.filter((file) => metafile.outputs[file].entryPoint !== undefined);
  const needed = new Map(
    roots.map((root) => [nameOf(metafile, root), closure(metafile, [root], ['import-statement'])]),
  );
  return {
    script: await describe(entry),
    style: await describe(metafile.outputs[entry].cssBundle),
    preload: await Promise.all([...initial].filter((file) => file !== entry).map(describe)),
    lazy: await Promise.all(
      lazy.map(async (file) => ({
        ...(await describe(file)),
        entries: [...needed].filter(([, files]) => files.has(file)).map(([name]) => name),
      })),
    ),
  };
}

/** What a source that is imported later is called, such as `keys-page` for `frame/settings/pages/keys/keys-page.tsx`. */
function nameOf(metafile, output) {
  return basename(metafile.outputs[output].entryPoint).replace(/\.tsx?$/, '');
}

function filesOf({ script, style, preload, lazy }) {
  return [script, style, ...preload, ...lazy];
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
