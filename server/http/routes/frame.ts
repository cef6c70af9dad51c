import { FRAME_SANDBOX } from '../../../shared/frame-element.ts';
import type { Origin } from '../../../shared/origin.ts';
import type { AnalyticsCounts } from '../../domain/analytics.ts';
import type { Sessions } from '../../domain/sessions.ts';
import { configurationFor, type EmbedderCaller } from '../../domain/widget.ts';
import type { BuildManifest } from '../build-manifest.ts';
import { renderFrameDocument } from '../frame-document.ts';
import { frameHeaders } from '../frame-headers.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import type { RouteContext } from '../request-state.ts';

type Dependencies = {
  readonly widgetOrigin: Origin;
  readonly assetBaseUrl: string;
  readonly manifest: BuildManifest;
  readonly sessions: Pick<Sessions, 'issueTicket'>;
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
};

/**
 * `GET /frame/:key?o=`: the document of the frame, which exactly the claimed origin may show. It has no side effect; the
 * ticket in it becomes a session only when code inside a rendered frame asks for one.
 */
export function createFrameRoutes({
  widgetOrigin,
  assetBaseUrl,
  manifest,
  sessions,
  analytics,
}: Dependencies): readonly Route[] {
  async function answerFrame(ctx: RouteContext, caller: EmbedderCaller): Promise<void> {
    const { publicKey, origin } = caller;
    const ticket = await sessions.issueTicket({ publicKey, origin });
    const boot = { key: publicKey, o: origin, ticket, configuration: configurationFor(caller) };
    ctx.set(frameHeaders(origin, { ownOrigin: widgetOrigin, assetBaseUrl, sandbox: FRAME_SANDBOX }));
    analytics.count(caller.widget.id, origin, 'frames');
    ctx.body = renderFrameDocument({ manifest, assetBaseUrl, boot });
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/frame/:key',
      guard: 'claimed-embedder',
      answers: ['frame'],
      handle: answerFrame,
    }),
    // A claim in a body is refused like every other: the guard admits no method but GET.
    defineRoute({
      method: 'POST',
      path: '/frame/:key',
      guard: 'claimed-embedder',
      answers: ['frame'],
      handle: answerFrame,
    }),
  ];
}
