import { model, Schema, trusted } from 'mongoose';
import type { Citation, Reply } from '../../shared/chat.ts';
import type { ReplyFailureCode } from '../../shared/error-code.ts';
import type { FeedbackRating } from '../../shared/feedback.ts';
import type { ConversationId, MessageId, ReplyId } from '../../shared/ids.ts';
import { isDuplicateKey } from './store-error.ts';

/**
 * A visitor's message and the reply to it. They are one document, so that a message can never be without its reply, and
 * inserting it is the one claim to call the model.
 */
export type MessageDocument = {
  /** The reply's id, which follows from conversation and message. */
  readonly _id: ReplyId;
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
  readonly widgetId: string;
  readonly visitorId: string;
  readonly text: string;
  readonly createdAt: Date;
  /** The earlier message whose text this one asks again; that one and its reply are no longer shown. */
  readonly retryOf?: MessageId;
  readonly reply: {
    readonly status: Reply['status'];
    readonly text: string;
    readonly citations: readonly Citation[];
    readonly failure?: ReplyFailureCode;
  };
  /** What the visitor thinks of the reply, and since when. */
  readonly feedback?: { readonly rating: FeedbackRating; readonly at: Date };
  /** The process that produces the reply. */
  readonly ownerId: string;
  /** Until when the owner counts as alive, by its own clock. Absent as soon as the reply has ended. */
  readonly leaseUntil?: Date;
  /** When a reader on another process last said that it is there. */
  readonly watchedAt?: Date;
  readonly endedAt?: Date;
};

const citationSchema = new Schema({ number: Number, title: String, excerpt: String, url: String }, { _id: false });

const messageSchema = new Schema(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    messageId: { type: String, required: true },
    widgetId: { type: String, required: true },
    visitorId: { type: String, required: true },
    text: { type: String, required: true },
    createdAt: { type: Date, required: true },
    retryOf: String,
    reply: {
      _id: false,
      type: { status: String, text: String, citations: [citationSchema], failure: String },
      required: true,
    },
    feedback: { _id: false, type: { rating: String, at: Date } },
    ownerId: { type: String, required: true },
    leaseUntil: Date,
    watchedAt: Date,
    endedAt: Date,
  },
  { collection: 'widget_messages', versionKey: false, strict: 'throw' },
);
messageSchema.index({ conversationId: 1, messageId: 1 }, { unique: true });
messageSchema.index({ conversationId: 1, createdAt: -1, _id: -1 });
// A sparse index would hold every message, because each has a conversation; a partial one holds the retries only.
messageSchema.index(
  { conversationId: 1, retryOf: 1 },
  { unique: true, partialFilterExpression: { retryOf: { $exists: true } } },
);
messageSchema.index({ leaseUntil: 1 }, { sparse: true });

/** Messages with their replies; the id is the reply's. */
export const MessageModel = model('Message', messageSchema);

/**
 * The same collection without mongoose's casting and validation, for the two writes that a visitor waits for before the
 * first word of a reply. What they write is typed, and none of it is a filter somebody else has shaped.
 */
export function messageCollection() {
  return MessageModel.db.collection<MessageDocument>(MessageModel.collection.name);
}

/**
 * Writes the message, unless it exists or one with the same `retryOf` does: of many writers at once exactly one is
 * answered `true`.
 */
export async function insertMessage(message: MessageDocument): Promise<boolean> {
  try {
    await messageCollection().insertOne({ ...message });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findMessage(replyId: ReplyId): Promise<MessageDocument | undefined> {
  return (await MessageModel.findById(replyId).lean<MessageDocument>()) ?? undefined;
}

/** Where a page of messages begins: right after the message with this time and id, newest first. */
export type MessageCursor = { readonly createdAt: Date; readonly replyId: ReplyId };

/** The messages of a conversation, newest first. */
export async function findMessages(
  conversationId: ConversationId,
  { limit, before }: { readonly limit: number; readonly before?: MessageCursor | undefined },
): Promise<readonly MessageDocument[]> {
  return await MessageModel.find({ conversationId, ...(before && isOlderThan(before)) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<MessageDocument[]>();
}

/** Which of these messages have been asked again. */
export async function findRetried(
  conversationId: ConversationId,
  messageIds: readonly MessageId[],
): Promise<ReadonlySet<MessageId>> {
  const retries = await MessageModel.find(
    { conversationId, retryOf: trusted({ $in: messageIds }) },
    { retryOf: 1 },
  ).lean<Pick<MessageDocument, 'retryOf'>[]>();
  return new Set(retries.flatMap(({ retryOf }) => (retryOf === undefined ? [] : [retryOf])));
}

function isOlderThan({ createdAt, replyId }: MessageCursor): object {
  return { $or: [{ createdAt: trusted({ $lt: createdAt }) }, { createdAt, _id: trusted({ $lt: replyId }) }] };
}
