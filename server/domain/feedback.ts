import type { FeedbackRating } from '../../shared/feedback.ts';
import type { ReplyId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { rateReply } from '../store/messages-replies.ts';
import type { AnalyticsCounts } from './analytics.ts';
import type { ChatStore } from './chat-store.ts';
import { isOwnMessage } from './message-store.ts';
import type { VisitorCaller } from './widget.ts';

export type FeedbackParts = {
  readonly store: ChatStore;
  readonly rateReply: typeof rateReply;
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
  readonly clock: Clock;
};

/**
 * Keeps what the visitor thinks of a reply with it. Of the same rating twice the second changes and counts nothing. Throws
 * AppError `REPLY_NOT_FOUND` unless it is a reply to this visitor, `REPLY_NOT_RATEABLE` while it is under way.
 */
export async function giveFeedback(
  caller: VisitorCaller,
  { replyId, rating }: { readonly replyId: ReplyId; readonly rating: FeedbackRating },
  { store, rateReply, analytics, clock }: FeedbackParts,
): Promise<void> {
  const found = await store.findMessage(replyId);
  if (found === undefined || !(await isOwnMessage(caller, found, { store, clock }))) {
    throw new AppError('REPLY_NOT_FOUND');
  }
  if (found.reply.status === 'streaming') throw new AppError('REPLY_NOT_RATEABLE');
  if (!(await rateReply({ replyId, rating, now: clock.now() }))) return;
  analytics.count(caller.widget.id, caller.origin, rating === 'helpful' ? 'helpful' : 'notHelpful');
}
