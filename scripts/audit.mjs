// `npm run audit`: tries everything that could break a promise of docs/isolation.md, and writes what it saw into audit/.
// `npm run audit -- --target https://... --key PUB_... [--origin https://...]`: the part that needs no source, against a
// deployment. Exits with 1 if a case failed or was left out, with 2 if it was not told what to do.
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildAll } from '../esbuild.config.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, '.cache', 'audit');
const USAGE = `Usage:
  npm run audit                                    everything, against this source
  npm run audit -- --target https://widget.example.com --key PUB_... [--origin https://shop.example.com]
                                                   what can be seen from outside, against a deployment
  --out DIRECTORY                                  where the report goes; audit/ if not given`;

const OPTIONS = {
  target: { type: 'string' },
  key: { type: 'string' },
  origin: { type: 'string' },
  out: { type: 'string', default: join(ROOT, 'audit') },
};

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    return stop(error.message);
  }
}

function stop(sentence) {
  console.error(`${sentence}\n\n${USAGE}`);
  process.exit(2);
}

const { target, key, origin, out } = readArguments();
if ((target === undefined) !== (key === undefined)) stop('--target and --key go together.');
if (target === undefined && origin !== undefined)
  stop('--origin says which site a deployment lists; it needs --target.');

await build({
  absWorkingDir: ROOT,
  entryPoints: { main: 'test/audit/main.ts' },
  outdir: OUT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
});
const { auditSource, auditDeployment } = await import(pathToFileURL(join(OUT, 'main.mjs')).href);
const places = { root: ROOT, directory: resolve(out) };
if (target === undefined) {
  await buildAll();
  process.exitCode = await auditSource(places);
} else {
  try {
    process.exitCode = await auditDeployment(places, { target, key, origin });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    stop(error.message);
  }
}
