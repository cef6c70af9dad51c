// `npm run size`: what a browser has to download, brotli, against the budgets; and whether a bundle reaches code of
// another part. Fails (exit code 1) on either. Run `npm run build` first.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE_SOURCE = `
import { renderFrameDocument } from './server/http/frame-document.ts';
import { DEMO_SETTINGS } from './server/demo/demo-settings.ts';
import { configurationOf } from './shared/settings.ts';
export const render = (manifest, ticket) => renderFrameDocument({
  manifest,
  assetBaseUrl: 'https://widget.example.com',
  boot: { key: 'PUB_0123456789abcdefghijkl012345', o: 'https://shop.example.com', ticket, configuration: configurationOf(DEMO_SETTINGS, 1, 'en') },
});`;

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifest.json', dist), 'utf8'));
const metafiles = JSON.parse(await readFile(new URL('metafiles.json', dist), 'utf8'));

const FRAME_PACKAGES = [
  'node_modules/preact/',
  'node_modules/@preact/',
  'node_modules/valibot/',
  'node_modules/eventsource-parser/',
];

/** Which folders the sources of a bundle may come from, and which of them they may not. */
const REACH = {
  loader: { may: ['loader/', 'shared/'], never: ['loader/settings/'] },
  settingsLoader: { may: ['loader/', 'shared/'], never: [] },
  frame: { may: ['frame/', 'shared/', ...FRAME_PACKAGES], never: ['frame/settings/'] },
  settings: { may: ['frame/', 'shared/', 'node_modules/'], never: ['frame/main.tsx'] },
  server: { may: ['server/', 'shared/'], never: [] },
};

const FRAME_PARTS = [
  { name: 'document', bytes: brotliCompressSync(await exampleDocument()).length },
  ...(await Promise.all([manifest.frame.style, manifest.frame.script, ...manifest.frame.preload].map(measure))),
];
const SETTINGS_PARTS = await Promise.all(
  [manifest.settings.style, manifest.settings.script, ...manifest.settings.preload].map(measure),
);
const lazyParts = await Promise.all(manifest.frame.lazy.map(measure));
const lazySettingsParts = await Promise.all(manifest.settings.lazy.map(measure));

const rows = [
  { what: 'loader, before intent', bytes: (await measure(manifest.loader)).bytes, must: 4_096, aim: 3_072 },
  { what: 'frame, until it can be typed into', bytes: sum(FRAME_PARTS), must: 20_480, aim: 14_336 },
  { what: 'settings.js', bytes: (await measure(manifest.settingsLoader)).bytes, must: 4_096, aim: 3_072 },
  { what: 'settings, until the first page', bytes: sum(SETTINGS_PARTS), must: 61_440, aim: 40_960 },
];

let hasFailed = false;
console.log('| what | bytes, brotli | must | aim | |\n|---|---|---|---|---|');
for (const { what, bytes, must, aim } of rows) {
  const verdict = bytes > must ? 'TOO BIG' : bytes > aim ? 'within the budget' : 'reaches the aim';
  hasFailed ||= bytes > must;
  console.log(`| ${what} | ${format(bytes)} | ${format(must)} | ${format(aim)} | ${verdict} |`);
}
console.log(`\nThe frame's first part: ${list(FRAME_PARTS)}.\nLoaded later: ${list(lazyParts)}.`);
console.log(`The settings' first part: ${list(SETTINGS_PARTS)}.\nLoaded later: ${list(lazySettingsParts)}.`);

for (const [bundle, { may, never }] of Object.entries(REACH)) {
  for (const source of Object.keys(metafiles[bundle].inputs)) {
    const isWithin = (prefix) => source.startsWith(prefix);
    if ((may.some(isWithin) || source.startsWith('(disabled):')) && !never.some(isWithin)) continue;
    hasFailed = true;
    console.error(`The ${bundle} bundle reaches "${source}", which is not its own part.`);
  }
}
process.exitCode = hasFailed ? 1 : 0;

/** The frame document as the server writes it, with the demo widget's words and a ticket of the real length. */
async function exampleDocument() {
  const stdin = { contents: EXAMPLE_SOURCE, resolveDir: ROOT, loader: 'ts' };
  const bundled = await build({
    stdin,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  const file = join(ROOT, '.cache', 'example-document.mjs');
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  await writeFile(file, bundled.outputFiles[0].text);
  const { render } = await import(file);
  return render(manifest, randomBytes(300).toString('base64url'));
}

async function measure({ file }) {
  return { name: file, bytes: (await readFile(new URL(`assets/${file}.br`, dist))).length };
}

function sum(parts) {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}

function list(parts) {
  return parts.map(({ name, bytes }) => `${name} ${format(bytes)}`).join(', ') || 'nothing';
}

function format(bytes) {
  return bytes.toLocaleString('en');
}
