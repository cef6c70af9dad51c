import type { Origin } from '../../../shared/origin.ts';
import type { SettingsBoot } from '../../../shared/settings-boot.ts';
import { SETTINGS_SANDBOX } from '../../../shared/settings-frame-element.ts';
import type { DashboardCaller } from '../../domain/admin-caller.ts';
import type { BuildManifest } from '../build-manifest.ts';
import { frameHeaders } from '../frame-headers.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import type { Placeholder } from '../placeholder.ts';
import { renderDocument, toServed } from '../render-document.ts';
import type { RouteContext } from '../request-state.ts';

type Sources = { readonly widgetOrigin: Origin; readonly settingsOrigin: Origin; readonly assetBaseUrl: string };
type Dependencies = Sources & { readonly manifest: BuildManifest };

/**
 * `GET /settings/:widget?o=`: the document of the settings view, which exactly the claimed dashboard may show. It is the
 * same for everybody and knows nothing of the widget: what it shows it asks for with an admin's token.
 */
export function createSettingsViewRoutes(parts: Dependencies): readonly Route[] {
  const { widgetOrigin, manifest } = parts;
  const assetBaseUrl = assetsOf(parts);
  const lazyChunks = manifest.settings.lazy.map((file) => toServed(file, assetBaseUrl));

  function answerSettings(ctx: RouteContext, { origin, widgetSlug }: DashboardCaller): void {
    const boot: SettingsBoot = { o: origin, widget: widgetSlug, widgetOrigin, build: manifest.build, lazyChunks };
    ctx.set(settingsViewHeaders(origin, parts));
    ctx.body = renderDocument({
      language: 'en',
      direction: 'ltr',
      title: 'Settings',
      boot,
      files: manifest.settings,
      assetBaseUrl,
    });
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/settings/:widget',
      guard: 'claimed-dashboard',
      answers: ['settings-frame'],
      handle: answerSettings,
    }),
    // A claim in a body is refused like every other: the guard admits no method but GET.
    defineRoute({
      method: 'POST',
      path: '/settings/:widget',
      guard: 'claimed-dashboard',
      answers: ['settings-frame'],
      handle: answerSettings,
    }),
  ];
}

/** The headers of the settings view in `dashboard`: it may show the widget, which is its preview, and hand over files. */
export function settingsViewHeaders(dashboard: Origin | Placeholder, sources: Sources) {
  return frameHeaders(dashboard, {
    ownOrigin: sources.settingsOrigin,
    assetBaseUrl: assetsOf(sources),
    framedOrigin: sources.widgetOrigin,
    sandbox: SETTINGS_SANDBOX,
  });
}

/** The widget origin is where files are unless somebody says otherwise; the view then has them on its own. */
function assetsOf({ widgetOrigin, settingsOrigin, assetBaseUrl }: Sources): string {
  return assetBaseUrl === widgetOrigin ? settingsOrigin : assetBaseUrl;
}
