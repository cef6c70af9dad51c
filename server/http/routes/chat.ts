import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { type ChatAnswer, chatRequestSchema } from '../../../shared/chat.ts';
import { type ReplyId, replyIdSchema } from '../../../shared/ids.ts';
import {
  formatReplyPosition,
  parseReplyPosition,
  REPLY_START,
  type ReplyPosition,
} from '../../../shared/reply-position.ts';
import type { Chat } from '../../domain/chat.ts';
import type { Limits } from '../../domain/limits.ts';
import { isPositionOf } from '../../domain/reply-events.ts';
import { wholeReply } from '../../domain/reply-whole.ts';
import type { VisitorCaller } from '../../domain/widget.ts';
import { AppError } from '../../errors.ts';
import type { EventStreams } from '../event-streams.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { parseBody, requireNoBody } from '../parse-body.ts';
import { parseQuery } from '../parse-query.ts';
import { peerNetwork } from '../peer-network.ts';
import { presentChatAnswer, presentReplyStarted } from '../presenters/present-chat.ts';
import { tellAllowance } from '../rate-limit-headers.ts';
import type { RouteContext } from '../request-state.ts';

/** How long a request for a whole reply is kept waiting; longer than a model may take. */
const WHOLE_REPLY_MS = 120_000;

const noneSchema = v.strictObject({});
/** From where on a reply is read. */
export const resumeQuerySchema = v.strictObject({
  after: v.optional(
    v.pipe(
      v.string(),
      v.rawTransform<string, ReplyPosition>(({ dataset, addIssue, NEVER }) => {
        const position = parseReplyPosition(dataset.value);
        if (position !== undefined) return position;
        addIssue({ message: 'the id of an event, such as "120.1"' });
        return NEVER;
      }),
    ),
  ),
});

type ChatRouteParts = { readonly chat: Chat; readonly streams: EventStreams; readonly limits: Pick<Limits, 'require'> };

/** Sending messages, and reading, resuming and stopping the replies to them. */
export function createChatRoutes(parts: ChatRouteParts): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/chat`,
      guard: 'visitor',
      answers: ['event-stream', 'json'],
      handle: (ctx, caller) => (wantsJson(ctx) ? answerWhole(ctx, caller, parts) : answerStream(ctx, caller, parts)),
    }),
    defineRoute({
      method: 'GET',
      path: `${API_BASE}/chat/:replyId`,
      guard: 'visitor',
      answers: ['event-stream'],
      handle: (ctx, caller) => resumeStream(ctx, caller, parts),
    }),
    defineRoute({
      method: 'POST',
      path: `${API_BASE}/chat/:replyId/stop`,
      guard: 'visitor',
      answers: ['nothing'],
      async handle(ctx, caller) {
        parseQuery(ctx, noneSchema);
        await requireNoBody(ctx);
        await parts.chat.stopReply(caller, requireReplyId(ctx));
        ctx.status = 204;
      },
    }),
  ];
}

async function answerStream(ctx: RouteContext, caller: VisitorCaller, { chat, streams, limits }: ChatRouteParts) {
  const stream = streams.open(ctx, caller);
  try {
    parseQuery(ctx, noneSchema);
    await countRequest(ctx, caller, limits);
    const { message, source } = await chat.sendMessage(caller, await parseBody(ctx, chatRequestSchema));
    stream.start(ctx, source, REPLY_START, presentReplyStarted(message));
  } catch (error) {
    stream.leave();
    throw error;
  }
}

async function answerWhole(ctx: RouteContext, caller: VisitorCaller, { chat, limits }: ChatRouteParts) {
  parseQuery(ctx, noneSchema);
  await countRequest(ctx, caller, limits);
  const { message, source } = await chat.sendMessage(caller, await parseBody(ctx, chatRequestSchema));
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), WHOLE_REPLY_MS);
  ctx.res.once('close', () => waiting.abort());
  if (ctx.res.closed) waiting.abort();
  try {
    const state = await wholeReply(source, waiting.signal);
    ctx.body = presentChatAnswer(message, state) satisfies ChatAnswer;
  } finally {
    clearTimeout(timer);
  }
}

async function resumeStream(ctx: RouteContext, caller: VisitorCaller, { chat, streams }: ChatRouteParts) {
  const stream = streams.open(ctx, caller);
  try {
    const { after = REPLY_START } = parseQuery(ctx, resumeQuerySchema);
    const { source } = await chat.openReply(caller, requireReplyId(ctx));
    if (!isPositionOf(source.current(), after)) {
      const asked = formatReplyPosition(after);
      throw new AppError('INVALID_REQUEST', {
        field: 'after',
        message: `"after": the reply has no position "${asked}"`,
      });
    }
    stream.start(ctx, source, after);
  } catch (error) {
    stream.leave();
    throw error;
  }
}

/** How many messages a widget takes is in its settings; this is about requests, whatever becomes of them. */
async function countRequest(ctx: RouteContext, caller: VisitorCaller, limits: Pick<Limits, 'require'>) {
  const { widget, origin, sessionId: session } = caller;
  const address = peerNetwork(ctx);
  const subjects = { address, session, site: `${widget.id} ${origin}`, key: widget.id, everyone: '' };
  tellAllowance(ctx, await limits.require('chat', subjects, { widgetId: widget.id, origin }));
}

/** The stream is what is given unless JSON is asked for by name. */
function wantsJson(ctx: RouteContext): boolean {
  return ctx.accepts('text/event-stream', 'application/json') === 'application/json';
}

function requireReplyId(ctx: RouteContext): ReplyId {
  const result = v.safeParse(replyIdSchema, ctx.params.replyId);
  if (!result.success) throw new AppError('REPLY_NOT_FOUND');
  return result.output;
}
