import type { FeedbackRating } from '../../shared/feedback.ts';
import type { ReplyId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { findMessage } from '../store/messages.ts';
import type { rateReply } from '../store/messages-replies.ts';
import type { AnalyticsCounts } from './analytics.ts';
import type { VisitorCaller } from './widget.ts';

export type FeedbackParts = {
  readonly store: { readonly rateReply: typeof rateReply; readonly findMessage: typeof findMessage };
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
  readonly clock: Clock;
};

/**
 * Keeps what the visitor thinks of a reply with it. Of the same rating twice the second changes and counts nothing. Throws
 * AppError `REPLY_NOT_FOUND` unless it is a reply to this visitor, `REPLY_NOT_RATEABLE` while it is under way.
 */
export async function giveFeedback(
  { visitorId, widget, origin }: VisitorCaller,
  { replyId, rating }: { readonly replyId: ReplyId; readonly rating: FeedbackRating },
  { store, analytics, clock }: FeedbackParts,
): Promise<void> {
  if (await store.rateReply({ replyId, visitorId, rating, now: clock.now() })) {
    analytics.count(widget.id, origin, rating === 'helpful' ? 'helpful' : 'notHelpful');
    return;
  }
  const found = await store.findMessage(replyId);
  if (found?.visitorId !== visitorId) throw new AppError('REPLY_NOT_FOUND');
  if (found.reply.status === 'streaming') throw new AppError('REPLY_NOT_RATEABLE');
}
