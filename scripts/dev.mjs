// `npm run dev`: builds, starts the server, and does both again whenever a source file changes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildAll } from '../esbuild.config.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WATCHED = ['loader', 'frame', 'server', 'shared', 'docs'];
const SETTLE_MS = 120;

let server;
let timer;
let running = Promise.resolve();

async function rebuildAndRestart() {
  try {
    await buildAll();
  } catch (error) {
    console.error(`The build failed; the server keeps running as it was.\n${error.message}`);
    return;
  }
  await stopServer();
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js'], { cwd: ROOT, stdio: 'inherit' });
}

async function stopServer() {
  if (server === undefined || server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

function schedule(_event, file) {
  if (file === null || /\.test\.tsx?$/.test(file)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    running = running.then(rebuildAndRestart);
  }, SETTLE_MS);
}

for (const folder of WATCHED) watch(`${ROOT}${folder}`, { recursive: true }, schedule);
process.on('SIGINT', async () => {
  await stopServer();
  process.exit(0);
});
running = running.then(rebuildAndRestart);
