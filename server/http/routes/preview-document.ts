import { FRAME_SANDBOX } from '../../../shared/frame-element.ts';
import type { Origin } from '../../../shared/origin.ts';
import { configurationOf, DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import type { DashboardCaller } from '../../domain/admin-caller.ts';
import type { BuildManifest } from '../build-manifest.ts';
import { renderFrameDocument } from '../frame-document.ts';
import { frameHeaders } from '../frame-headers.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import type { Placeholder } from '../placeholder.ts';
import type { RouteContext } from '../request-state.ts';

type Sources = { readonly widgetOrigin: Origin; readonly settingsOrigin: Origin; readonly assetBaseUrl: string };
type Dependencies = Sources & { readonly manifest: BuildManifest };

/** What it shows until the settings view says how the draft looks: what every widget is born with. */
const FIRST_CONFIGURATION = configurationOf(DEFAULT_SETTINGS, 0, DEFAULT_SETTINGS.defaultLocale);

/**
 * `GET /preview/:widget?o=`: the document of the chat as the settings view shows it, within one of the dashboards. It is
 * the same for everybody and holds nothing of a widget: how to look, and the ticket of a session, come over the port.
 */
export function createPreviewDocumentRoutes(parts: Dependencies): readonly Route[] {
  const { settingsOrigin, assetBaseUrl, manifest } = parts;
  const boot = { key: '', o: settingsOrigin, ticket: '', preview: true, configuration: FIRST_CONFIGURATION } as const;

  function answerPreview(ctx: RouteContext, { origin }: DashboardCaller): void {
    ctx.set(previewHeaders(origin, parts));
    ctx.body = renderFrameDocument({ manifest, assetBaseUrl, boot });
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/preview/:widget',
      guard: 'claimed-preview',
      answers: ['preview-frame'],
      handle: answerPreview,
    }),
    // A claim in a body is refused like every other: the guard admits no method but GET.
    defineRoute({
      method: 'POST',
      path: '/preview/:widget',
      guard: 'claimed-preview',
      answers: ['preview-frame'],
      handle: answerPreview,
    }),
  ];
}

/** The headers of a preview within the settings view within `dashboard`: no other ancestor may show it. */
export function previewHeaders(
  dashboard: Origin | Placeholder,
  { settingsOrigin, widgetOrigin, assetBaseUrl }: Sources,
) {
  return frameHeaders([settingsOrigin, dashboard], {
    ownOrigin: widgetOrigin,
    assetBaseUrl,
    sandbox: FRAME_SANDBOX,
  });
}
