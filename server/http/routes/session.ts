import { API_BASE } from '../../../shared/api-path.ts';
import {
  type IdentifyAnswer,
  identifyRequestSchema,
  openSessionRequestSchema,
  type RenewSessionAnswer,
} from '../../../shared/session.ts';
import { type IdentityParts, identifyVisitor } from '../../domain/identity.ts';
import type { Sessions } from '../../domain/sessions.ts';
import type { VisitorPlace } from '../../domain/visitor.ts';
import type { EventStreams } from '../event-streams.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { requireBearerToken } from '../guards.ts';
import { parseBody, requireNoBody } from '../parse-body.ts';
import { requireNoQuery } from '../parse-query.ts';
import { clearResumeCookie, readResumeCookie, setResumeCookie } from '../resume-cookie.ts';

type Dependencies = {
  readonly sessions: Sessions;
  readonly streams: Pick<EventStreams, 'endBrowser'>;
  readonly identify: IdentityParts;
};

/** Opening, renewing and ending a visitor's session, and saying whose it is; only the widget's own document can. */
export function createSessionRoutes({ sessions, streams, identify }: Dependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/session`,
      guard: 'frame',
      async handle(ctx) {
        requireNoQuery(ctx);
        const { ticket, resume, proof } = await parseBody(ctx, openSessionRequestSchema);
        const readRemembered = (at: VisitorPlace) => ({ cookie: readResumeCookie(ctx, at), tab: resume });
        const opened =
          proof === undefined ? sessions.open(ticket, readRemembered) : sessions.openPreview({ ticket, proof });
        const { answer, place, cookie, sessionId } = await opened;
        if (cookie !== undefined) setResumeCookie(ctx, place, cookie);
        else if (readResumeCookie(ctx, place) !== undefined) clearResumeCookie(ctx, place);
        ctx.state.findSigningKeys = () => [sessions.signingKeyOf(sessionId)];
        ctx.body = answer;
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/session/renew`,
      guard: 'visitor',
      async handle(ctx) {
        requireNoQuery(ctx);
        await requireNoBody(ctx);
        ctx.body = (await sessions.renew(requireBearerToken(ctx))) satisfies RenewSessionAnswer;
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/session/identify`,
      guard: 'visitor',
      async handle(ctx, caller) {
        requireNoQuery(ctx);
        const { jwt } = await parseBody(ctx, identifyRequestSchema);
        ctx.body = (await identifyVisitor(caller, jwt, identify)) satisfies IdentifyAnswer;
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${API_BASE}/session`,
      guard: 'visitor',
      answers: ['nothing'],
      async handle(ctx, caller) {
        requireNoQuery(ctx);
        await requireNoBody(ctx);
        await sessions.end(caller);
        streams.endBrowser(caller.browserId);
        if (caller.publicKey !== undefined)
          clearResumeCookie(ctx, { widgetId: caller.widget.id, origin: caller.origin });
        ctx.status = 204;
      },
    }),
  ];
}
