import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const assetFileSchema = v.object({
  /** Relative to `dist/assets`; holds a hash of the content. */
  file: v.pipe(v.string(), v.regex(/^[\w-]+-[\w]+\.(js|css)$/)),
  /** Subresource Integrity (https://www.w3.org/TR/sri-2/). */
  integrity: v.pipe(v.string(), v.regex(/^sha384-[\w+/]{64}$/)),
});

const lazyFileSchema = v.object({
  ...assetFileSchema.entries,
  /** The modules that need it when they are imported later, by the name of their file. */
  entries: v.array(v.string()),
});

const documentFilesSchema = v.object({
  script: assetFileSchema,
  style: assetFileSchema,
  /** What the script imports before it runs. */
  preload: v.array(assetFileSchema),
  /** What it imports later. */
  lazy: v.array(lazyFileSchema),
});

const buildManifestSchema = v.object({
  build: v.pipe(v.string(), v.regex(/^\w+$/)),
  loader: assetFileSchema,
  frame: documentFilesSchema,
  settingsLoader: assetFileSchema,
  settings: documentFilesSchema,
});

export type AssetFile = v.InferOutput<typeof assetFileSchema>;
export type DocumentFiles = v.InferOutput<typeof documentFilesSchema>;
export type BuildManifest = v.InferOutput<typeof buildManifestSchema>;

/** Reads `manifest.json`, which the build writes. Throws if it is not there or not whole. */
export async function readBuildManifest(distDirectory: string): Promise<BuildManifest> {
  return v.parse(buildManifestSchema, JSON.parse(await readFile(join(distDirectory, 'manifest.json'), 'utf8')));
}
