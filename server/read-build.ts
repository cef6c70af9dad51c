import { readApiDocument } from './http/api-document.ts';
import { type BuildManifest, readBuildManifest } from './http/build-manifest.ts';
import { readStaticAssets, type StaticAssets } from './http/static-assets.ts';
import type { ServerOrigins } from './http/surface.ts';
import { StartError } from './start-error.ts';

export type Build = { readonly manifest: BuildManifest; readonly assets: StaticAssets; readonly apiDocument: string };

/** What `npm run build` wrote to `dist`, in memory. Throws a StartError if it is not there or not whole. */
export async function readBuild(dist: string, origins: ServerOrigins): Promise<Build> {
  try {
    return {
      manifest: await readBuildManifest(dist),
      assets: await readStaticAssets(dist),
      apiDocument: await readApiDocument(dist, origins),
    };
  } catch (cause) {
    throw new StartError(`There is no complete build in "${dist}": run "npm run build" first`, cause);
  }
}
