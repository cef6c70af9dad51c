// `npm run bench [name ...]`: runs the measurements in bench/, one after the other, each in a process of its own, and says
// what machine they ran on. They report and never fail a build: these are ratios within one run, not promises.
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildAll } from '../esbuild.config.mjs';
import { findBrowser } from './find-browser.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, '.cache', 'bench');
const SHARED = ['bench-page.ts', 'fill-widget.ts', 'running-server.ts', 'slow-view.ts', 'statistics.ts'];

const wanted = process.argv.slice(2);
const sources = (await readdir(join(ROOT, 'bench'))).filter((file) => file.endsWith('.ts') && !SHARED.includes(file));
const names = sources
  .map((file) => basename(file, '.ts'))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no measurement "${unknown[0]}". There are: ${sources.map((file) => basename(file, '.ts')).join(', ')}`,
  );
  process.exit(1);
}

await buildAll();
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: names.map((name) => `bench/${name}.ts`),
  outdir: OUT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outExtension: { '.js': '.mjs' },
});

const [cpu] = cpus();
console.log(
  `Machine: ${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node ${process.version}`,
);
const env = { ...process.env, CASEMENT_CHROMIUM: await findBrowser() };
for (const name of names)
  spawnSync(process.execPath, ['--expose-gc', join(OUT, `${name}.mjs`)], { cwd: ROOT, stdio: 'inherit', env });
