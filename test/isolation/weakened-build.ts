import { createHash, randomUUID } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLOSED_ROOT = `apply(attachShadow, host, [{ mode: 'closed' }])`;

export type WeakenedBuild = { readonly dist: string; remove(): Promise<void> };

/**
 * The build in `dist/` with a loader that puts its iframe into the page itself, where every script and every window can
 * find it, in place of a closed shadow root: for tests of the wall behind that one. It is never in `dist/`.
 */
export async function buildWithoutShadowRoot(): Promise<WeakenedBuild> {
  const dist = join(ROOT, '.cache', `weakened-${randomUUID()}`);
  await cp(join(ROOT, 'dist'), dist, { recursive: true });
  const script = await bundleWeakLoader();
  const file = 'loader-weakened.js';
  await writeFile(join(dist, 'assets', file), script);
  const manifestPath = join(dist, 'manifest.json');
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
  const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;
  await writeFile(manifestPath, JSON.stringify({ ...manifest, loader: { file, integrity } }));
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}

async function bundleWeakLoader(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['loader/main.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    plugins: [
      {
        name: 'no-shadow-root',
        setup(bundling) {
          bundling.onLoad({ filter: /loader[/\\]shell\.ts$/ }, async ({ path }) => {
            const source = await readFile(path, 'utf8');
            if (!source.includes(CLOSED_ROOT)) throw new Error(`"${CLOSED_ROOT}" is not in loader/shell.ts any more`);
            const open = 'Object.assign(host, { adoptedStyleSheets: [] })';
            return { contents: source.replace(CLOSED_ROOT, open), loader: 'ts' };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
