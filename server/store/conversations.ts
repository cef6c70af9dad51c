import { model, Schema, trusted } from 'mongoose';
import type { ConversationId } from '../../shared/ids.ts';
import type { ConversationReach } from '../domain/conversation-reach.ts';
import { isDuplicateKey } from './store-error.ts';

export type ConversationDocument = {
  readonly _id: ConversationId;
  readonly widgetId: string;
  readonly visitorId: string;
  /** Where it began. */
  readonly browserId: string;
  /** The beginning of the visitor's first message. */
  readonly title: string;
  readonly createdAt: Date;
  /** When the visitor last wrote. Follows from the messages; a crash may leave it behind them. */
  readonly updatedAt: Date;
};

const conversationSchema = new Schema(
  {
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    visitorId: { type: String, required: true },
    browserId: String,
    title: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'widget_conversations', versionKey: false, strict: 'throw' },
);
conversationSchema.index({ visitorId: 1, createdAt: -1, _id: -1 });
conversationSchema.index({ visitorId: 1, updatedAt: -1 });
conversationSchema.index({ widgetId: 1, updatedAt: 1 });

/** Conversations; each belongs to one visitor. */
export const ConversationModel = model('Conversation', conversationSchema);

/**
 * Writes the conversation if it is not there; if it is, moves the time at which the visitor last wrote forward, never
 * back. So one that a crash has lost is written again with the visitor's next message.
 */
export async function recordConversation({ _id, updatedAt, ...conversation }: ConversationDocument): Promise<void> {
  try {
    await ConversationModel.updateOne({ _id }, { $setOnInsert: conversation, $max: { updatedAt } }, { upsert: true });
  } catch (error) {
    // Two first messages at once: the other one was quicker and wrote the same.
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Whether the conversation is one of these. */
export async function hasConversation(reach: ConversationReach, id: ConversationId): Promise<boolean> {
  return (await ConversationModel.exists({ _id: id, ...filterOf(reach) })) !== null;
}

/** Makes the conversations of one visitor those of another. */
export async function moveConversations(fromVisitorId: string, visitorId: string): Promise<void> {
  await ConversationModel.updateMany({ visitorId: fromVisitorId }, { $set: { visitorId } });
}

/** Where a page of conversations begins: right after the one with this time and id, newest first. */
export type ConversationCursor = { readonly createdAt: Date; readonly conversationId: ConversationId };

/**
 * These conversations, newest first by when they began, so that a page stays where it is however much is
 * written meanwhile.
 */
export async function findConversations(
  reach: ConversationReach,
  { limit, before }: { readonly limit: number; readonly before?: ConversationCursor | undefined },
): Promise<readonly ConversationDocument[]> {
  return await ConversationModel.find({ ...filterOf(reach), ...(before && isOlderThan(before)) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<ConversationDocument[]>();
}

/** The one of these conversations that was last written in, if there is one. */
export async function findLatestConversationId(reach: ConversationReach): Promise<ConversationId | null> {
  const latest = await ConversationModel.findOne(filterOf(reach), { _id: 1 })
    .sort({ updatedAt: -1 })
    .lean<Pick<ConversationDocument, '_id'>>();
  return latest?._id ?? null;
}

function filterOf({ visitorIds, browserId, since }: ConversationReach): object {
  const [visitorId, ...others] = visitorIds;
  return {
    visitorId: others.length === 0 ? visitorId : trusted({ $in: visitorIds }),
    ...(browserId !== undefined && { browserId }),
    ...(since !== undefined && { updatedAt: trusted({ $gte: since }) }),
  };
}

function isOlderThan({ createdAt, conversationId }: ConversationCursor): object {
  return { $or: [{ createdAt: trusted({ $lt: createdAt }) }, { createdAt, _id: trusted({ $lt: conversationId }) }] };
}
