import { trusted } from 'mongoose';
import type { FeedbackRating } from '../../shared/feedback.ts';
import type { ReplyId } from '../../shared/ids.ts';
import { type MessageDocument, MessageModel, messageCollection } from './messages.ts';

type StoredReply = MessageDocument['reply'];

export type ReplyWrite = {
  readonly replyId: ReplyId;
  readonly ownerId: string;
  readonly reply: StoredReply;
  /** Until when nobody else may call the reply interrupted; of no meaning once it has ended. */
  readonly leaseUntil: Date;
  readonly now: Date;
};

/**
 * Writes the whole reply as it is now and renews the owner's lease, or ends it. It can be repeated: it says what the
 * reply is, not what is added to it. Answers `false`, writing nothing, if the reply has ended or belongs to another.
 */
export async function writeReply({ replyId, ownerId, reply, leaseUntil, now }: ReplyWrite): Promise<boolean> {
  const hasEnded = reply.status !== 'streaming';
  const { matchedCount } = await messageCollection().updateOne(
    { _id: replyId, ownerId, 'reply.status': 'streaming' },
    hasEnded
      ? { $set: { reply, endedAt: now }, $unset: { leaseUntil: 1, watchedAt: 1 } }
      : { $set: { 'reply.text': reply.text, 'reply.citations': reply.citations, leaseUntil } },
  );
  return matchedCount === 1;
}

type Ending = Required<Pick<StoredReply, 'failure'>> & { readonly status: 'interrupted' };

const INTERRUPTION: Ending = { status: 'interrupted', failure: 'INTERRUPTED' };

/** Ends a reply as stopped, whoever produces it; what was written until now stays. Answers whether it was under way. */
export async function markStopped(replyId: ReplyId, now: Date): Promise<boolean> {
  return (await endWhere({ _id: replyId }, { status: 'stopped' }, now)) === 1;
}

/** Ends a reply as interrupted if its owner's lease has run out. Answers whether it was and had. */
export async function markInterrupted(replyId: ReplyId, now: Date): Promise<boolean> {
  return (await endWhere({ _id: replyId, leaseUntil: trusted({ $lt: now }) }, INTERRUPTION, now)) === 1;
}

/** Ends every reply that is under way, or those whose lease has run out, as interrupted; answers how many. */
export async function markAllInterrupted(which: 'every' | 'expired', now: Date): Promise<number> {
  const leaseUntil = which === 'every' ? trusted({ $exists: true }) : trusted({ $lt: now });
  return await endWhere({ leaseUntil }, INTERRUPTION, now);
}

/** Tells the owner of a reply that somebody reads it on another process. */
export async function markWatched(replyId: ReplyId, now: Date): Promise<void> {
  await MessageModel.updateOne({ _id: replyId, 'reply.status': 'streaming' }, { $set: { watchedAt: now } });
}

export type ReplyRating = {
  readonly replyId: ReplyId;
  readonly rating: FeedbackRating;
  readonly now: Date;
};

/** Writes what the visitor thinks of a reply that has ended. Answers whether that is news. */
export async function rateReply({ replyId, rating, now }: ReplyRating): Promise<boolean> {
  const { matchedCount } = await MessageModel.updateOne(
    {
      _id: replyId,
      'reply.status': trusted({ $ne: 'streaming' }),
      'feedback.rating': trusted({ $ne: rating }),
    },
    { $set: { feedback: { rating, at: now } } },
  );
  return matchedCount === 1;
}

async function endWhere(filter: object, ending: Ending | { readonly status: 'stopped' }, now: Date): Promise<number> {
  const fields = Object.entries(ending).map(([name, value]) => [`reply.${name}`, value]);
  const { matchedCount } = await MessageModel.updateMany(
    { ...filter, 'reply.status': 'streaming' },
    { $set: { ...Object.fromEntries(fields), endedAt: now }, $unset: { leaseUntil: 1, watchedAt: 1 } },
  );
  return matchedCount;
}
