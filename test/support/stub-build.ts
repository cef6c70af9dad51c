import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createDocument } from '../../server/openapi/create-document.ts';

/** What the stand-in for a built file contains. */
export const STUB_FILES = {
  'loader-AAAAAAAA.js': '/* the loader */',
  'frame-BBBBBBBB.js': 'export const frame = 1;'.repeat(20),
  'frame-CCCCCCCC.css': 'body { margin: 0 }',
  'chunk-DDDDDDDD.js': 'export const preloaded = 1;',
  'chunk-EEEEEEEE.js': 'export const lazy = 1;',
  'settings-loader-FFFFFFFF.js': '/* the loader of the settings */',
  'settings-GGGGGGGG.js': 'export const settings = 1;'.repeat(20),
  'settings-HHHHHHHH.css': 'body { margin: 0 }',
} as const;

/** Writes a build in the form of `npm run build`, for tests of the server that need no real loader or frame. */
export async function writeStubBuild(dist: string): Promise<void> {
  const assets = join(dist, 'assets');
  await mkdir(assets, { recursive: true });
  for (const [name, text] of Object.entries(STUB_FILES)) {
    await writeFile(join(assets, name), text);
    await writeFile(join(assets, `${name}.br`), brotliCompressSync(text));
    await writeFile(join(assets, `${name}.gz`), gzipSync(text));
  }
  const manifest = {
    build: 'stub',
    loader: describe('loader-AAAAAAAA.js'),
    frame: {
      script: describe('frame-BBBBBBBB.js'),
      style: describe('frame-CCCCCCCC.css'),
      preload: [describe('chunk-DDDDDDDD.js')],
      lazy: [{ ...describe('chunk-EEEEEEEE.js'), entries: ['connect'] }],
    },
    settingsLoader: describe('settings-loader-FFFFFFFF.js'),
    settings: {
      script: describe('settings-GGGGGGGG.js'),
      style: describe('settings-HHHHHHHH.css'),
      preload: [],
      lazy: [],
    },
  };
  await writeFile(join(dist, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(dist, 'openapi.json'), JSON.stringify(createDocument()));
}

function describe(file: keyof typeof STUB_FILES) {
  return { file, integrity: `sha384-${createHash('sha384').update(STUB_FILES[file]).digest('base64')}` };
}
