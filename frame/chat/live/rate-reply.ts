import type { FeedbackRating } from '../../../shared/feedback.ts';
import type { ChatApi } from '../../api/chat-api.ts';
import type { Exchange } from '../exchange.ts';

/** Keeps what the visitor thinks of a reply: shown at once, and as it was before if the server does not take it. */
export async function rateReply(
  api: Pick<ChatApi, 'rateReply'>,
  { reply }: Exchange,
  feedback: FeedbackRating,
): Promise<void> {
  const { feedback: before, ...unrated } = reply.value;
  if (unrated.id === undefined || before === feedback) return;
  reply.value = { ...unrated, feedback };
  try {
    await api.rateReply(unrated.id, feedback);
  } catch {
    // Another rating may have come meanwhile; that one is not ours to take back.
    if (reply.value.feedback === feedback) reply.value = { ...unrated, ...(before && { feedback: before }) };
  }
}
