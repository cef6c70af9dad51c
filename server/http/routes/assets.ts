import { AppError } from '../../errors.ts';
import type { BuildManifest } from '../build-manifest.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { answerAsset, type StaticAssets } from '../static-assets.ts';

/** How long a file may be kept, by what its name promises. */
export const ASSET_CACHING = { current: 'public, max-age=300', hashed: 'public, max-age=31536000, immutable' } as const;

/**
 * The loaders and the frames' files, the same bytes for everyone. A name with a hash never changes its bytes; `/loader.js`
 * is the current loader under a name that lasts, and `/settings.js` the one of the settings view.
 */
export function createAssetRoutes(assets: StaticAssets, manifest: BuildManifest): readonly Route[] {
  const require = (name: string) => {
    const asset = assets.get(name);
    if (asset === undefined) throw new AppError('NOT_FOUND', { message: `There is no file "${name.slice(0, 200)}"` });
    return asset;
  };
  return [
    defineRoute({
      method: 'GET',
      path: '/loader.js',
      guard: 'public',
      answers: ['current-file'],
      handle: (ctx) => answerAsset(ctx, require(manifest.loader.file), ASSET_CACHING.current),
    }),
    defineRoute({
      method: 'GET',
      path: '/loader/:file',
      guard: 'public',
      answers: ['hashed-file'],
      handle: (ctx) => answerAsset(ctx, require(`loader-${ctx.params.file}`), ASSET_CACHING.hashed),
    }),
    defineRoute({
      method: 'GET',
      path: '/settings.js',
      guard: 'public',
      answers: ['current-file'],
      handle: (ctx) => answerAsset(ctx, require(manifest.settingsLoader.file), ASSET_CACHING.current),
    }),
    defineRoute({
      method: 'GET',
      path: '/settings-loader/:file',
      guard: 'public',
      answers: ['hashed-file'],
      handle: (ctx) => answerAsset(ctx, require(`settings-loader-${ctx.params.file}`), ASSET_CACHING.hashed),
    }),
    defineRoute({
      method: 'GET',
      path: '/assets/:file',
      guard: 'public',
      answers: ['hashed-file'],
      handle: (ctx) => answerAsset(ctx, require(ctx.params.file ?? ''), ASSET_CACHING.hashed),
    }),
  ];
}
