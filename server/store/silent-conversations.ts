import { trusted } from 'mongoose';
import * as v from 'valibot';
import { ConversationModel } from './conversations.ts';
import { MessageModel } from './messages.ts';

/** Conversations of one widget, or of every preview, in which nobody has written since `before`. */
export type SilentConversations = { readonly of: { readonly widgetId: string } | 'previews'; readonly before: Date };

/** Ids of previews begin so; `.` is the character after `-`. */
const PREVIEWS = { $gte: 'preview-', $lt: 'preview.' };

/**
 * Deletes at most `limit` of these conversations with their messages, and answers how many it has looked at. One in which
 * somebody writes meanwhile stays, or is written again with that message.
 */
export async function deleteSilent({ of, before }: SilentConversations, limit: number): Promise<number> {
  const updatedAt = trusted({ $lt: before });
  const found = await ConversationModel.find(
    { widgetId: of === 'previews' ? trusted(PREVIEWS) : of.widgetId, updatedAt },
    { _id: 1 },
  )
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  const ids = found.map(({ _id }) => _id);
  if (ids.length === 0) return 0;
  await moveForward(ids, before);
  const silent = await ConversationModel.find({ _id: trusted({ $in: ids }), updatedAt }, { _id: 1 }).lean();
  const silentIds = silent.map(({ _id }) => _id);
  await MessageModel.deleteMany({ conversationId: trusted({ $in: silentIds }), createdAt: trusted({ $lt: before }) });
  await ConversationModel.deleteMany({ _id: trusted({ $in: silentIds }), updatedAt });
  return ids.length;
}

const latestSchema = v.array(v.object({ _id: v.string(), at: v.date() }));

/** A crash can leave a conversation behind its messages: what was said later than it says is noted first. */
async function moveForward(ids: readonly string[], since: Date): Promise<void> {
  const latest = await MessageModel.aggregate([
    { $match: { conversationId: { $in: ids }, createdAt: { $gte: since } } },
    { $group: { _id: '$conversationId', at: { $max: '$createdAt' } } },
  ]);
  for (const { _id, at } of v.parse(latestSchema, latest)) {
    await ConversationModel.updateOne({ _id }, { $max: { updatedAt: at } });
  }
}
