import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import type { Conversation, ConversationList } from '../../../shared/conversation.ts';
import { type ConversationId, conversationIdSchema, replyIdSchema } from '../../../shared/ids.ts';
import type { Conversations } from '../../domain/conversation.ts';
import { AppError } from '../../errors.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { parseQuery } from '../parse-query.ts';
import { pageCursorSchema } from '../presenters/page-cursor.ts';
import { presentConversation, presentConversationList } from '../presenters/present-conversation.ts';
import type { RouteContext } from '../request-state.ts';

/** Which page of the list. */
export const listQuerySchema = v.strictObject({ before: v.optional(pageCursorSchema(conversationIdSchema)) });
/** Which page of the transcript. */
export const transcriptQuerySchema = v.strictObject({ before: v.optional(pageCursorSchema(replyIdSchema)) });

/** What a visitor has said and been told before. */
export function createConversationRoutes(conversations: Conversations): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: `${API_BASE}/conversations`,
      guard: 'visitor',
      async handle(ctx, caller) {
        const { before } = parseQuery(ctx, listQuerySchema);
        const cursor = before && { createdAt: before.createdAt, conversationId: before.id };
        ctx.body = presentConversationList(await conversations.list(caller, cursor)) satisfies ConversationList;
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${API_BASE}/conversations/:id`,
      guard: 'visitor',
      async handle(ctx, caller) {
        const { before } = parseQuery(ctx, transcriptQuerySchema);
        const id = requireConversationId(ctx);
        const cursor = before && { createdAt: before.createdAt, replyId: before.id };
        ctx.body = presentConversation(id, await conversations.read(caller, id, cursor)) satisfies Conversation;
      },
    }),
  ];
}

function requireConversationId(ctx: RouteContext): ConversationId {
  const result = v.safeParse(conversationIdSchema, ctx.params.id);
  if (!result.success) throw new AppError('CONVERSATION_NOT_FOUND');
  return result.output;
}
