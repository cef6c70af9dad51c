import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { feedbackRequestSchema } from '../../../shared/feedback.ts';
import { replyIdSchema } from '../../../shared/ids.ts';
import type { AnalyticsCounts } from '../../domain/analytics.ts';
import { type FeedbackParts, giveFeedback } from '../../domain/feedback.ts';
import { AppError } from '../../errors.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { parseBody, requireNoBody } from '../parse-body.ts';
import { requireNoQuery } from '../parse-query.ts';

type Dependencies = FeedbackParts & { readonly analytics: Pick<AnalyticsCounts, 'count'> };

/** What a visitor tells us besides messages: what they think of a reply, and that they have opened the panel. */
export function createFeedbackRoutes(parts: Dependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/messages/:id/feedback`,
      guard: 'visitor',
      answers: ['nothing'],
      async handle(ctx, caller) {
        requireNoQuery(ctx);
        const id = v.safeParse(replyIdSchema, ctx.params.id);
        const { rating } = await parseBody(ctx, feedbackRequestSchema);
        if (!id.success) throw new AppError('REPLY_NOT_FOUND');
        await giveFeedback(caller, { replyId: id.output, rating }, parts);
        ctx.status = 204;
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/session/opened`,
      guard: 'visitor',
      answers: ['nothing'],
      async handle(ctx, { widget, origin }) {
        requireNoQuery(ctx);
        await requireNoBody(ctx);
        parts.analytics.count(widget.id, origin, 'opened');
        ctx.status = 204;
      },
    }),
  ];
}
