import { AppError } from '../../errors.ts';
import type { BuildManifest } from '../build-manifest.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { answerAsset, type StaticAssets } from '../static-assets.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';
const FIVE_MINUTES = 'public, max-age=300';

/**
 * The loader and the frame's files, the same bytes for everyone. A name with a hash never changes its bytes; `/loader.js`
 * is the current loader under a name that lasts.
 */
export function createAssetRoutes(assets: StaticAssets, manifest: BuildManifest): readonly Route[] {
  const require = (name: string) => {
    const asset = assets.get(name);
    if (asset === undefined) throw new AppError('NOT_FOUND');
    return asset;
  };
  return [
    defineRoute({
      method: 'GET',
      path: '/loader.js',
      guard: 'public',
      handle: (ctx) => answerAsset(ctx, require(manifest.loader.file), FIVE_MINUTES),
    }),
    defineRoute({
      method: 'GET',
      path: '/loader/:file',
      guard: 'public',
      handle: (ctx) => answerAsset(ctx, require(`loader-${ctx.params.file}`), FOR_EVER),
    }),
    defineRoute({
      method: 'GET',
      path: '/assets/:file',
      guard: 'public',
      handle: (ctx) => answerAsset(ctx, require(ctx.params.file ?? ''), FOR_EVER),
    }),
  ];
}
