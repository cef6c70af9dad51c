import { API_BASE } from '../../../shared/api-path.ts';
import { openSessionRequestSchema, type RenewSessionAnswer } from '../../../shared/session.ts';
import type { Sessions } from '../../domain/sessions.ts';
import type { EventStreams } from '../event-streams.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { requireBearerToken } from '../guards.ts';
import { parseBody } from '../parse-body.ts';
import { requireNoQuery } from '../parse-query.ts';
import { clearResumeCookie, readResumeCookie, setResumeCookie } from '../resume-cookie.ts';

type Dependencies = { readonly sessions: Sessions; readonly streams: Pick<EventStreams, 'endVisitor'> };

/** Opening, renewing and ending a visitor's session; only the widget's own document can. */
export function createSessionRoutes({ sessions, streams }: Dependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/session`,
      guard: 'frame',
      async handle(ctx) {
        requireNoQuery(ctx);
        const { ticket } = await parseBody(ctx, openSessionRequestSchema);
        const { answer, place, resumeSecret, sessionId } = await sessions.open(ticket, (at) =>
          readResumeCookie(ctx, at),
        );
        setResumeCookie(ctx, place, resumeSecret);
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
        ctx.body = (await sessions.renew(requireBearerToken(ctx))) satisfies RenewSessionAnswer;
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${API_BASE}/session`,
      guard: 'visitor',
      async handle(ctx, caller) {
        requireNoQuery(ctx);
        await sessions.end(caller);
        streams.endVisitor(caller.visitorId);
        clearResumeCookie(ctx, { widgetId: caller.widget.id, origin: caller.origin });
        ctx.status = 204;
      },
    }),
  ];
}
