import { API_BASE } from '../../../shared/api-path.ts';
import { MESSAGE_MAX_CHARACTERS } from '../../../shared/chat-limits.ts';
import type { InstallationAnswer } from '../../../shared/installation-api.ts';
import type { Origin } from '../../../shared/origin.ts';
import { parseAdminQuery } from '../admin-query.ts';
import type { BuildManifest } from '../build-manifest.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';

type Dependencies = {
  readonly widgetOrigin: Origin;
  readonly manifest: Pick<BuildManifest, 'loader'>;
  /** The name of the model that answers, if one does. */
  readonly model: string | undefined;
};

/** What an admin has to know of this server to put a widget on a page: the same for every widget. */
export function createInstallationRoutes({ widgetOrigin, manifest, model }: Dependencies): readonly Route[] {
  const { file, integrity } = manifest.loader;
  const answer: InstallationAnswer = {
    loaderUrl: `${widgetOrigin}/loader.js`,
    pinnedLoaderUrl: `${widgetOrigin}/loader/${file.replace(/^loader-/, '')}`,
    integrity,
    widgetOrigin,
    model: model ?? null,
    messageMaxCharacters: MESSAGE_MAX_CHARACTERS,
  };
  return [
    defineAdminRoute({
      method: 'GET',
      path: `${API_BASE}/installation`,
      permission: 'settings:read',
      handle(ctx) {
        parseAdminQuery(ctx, {});
        ctx.body = answer;
      },
    }),
  ];
}
