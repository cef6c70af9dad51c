import { API_BASE } from '../../../shared/api-path.ts';
import { chatAnswerSchema, chatRequestSchema, replyEventSchemas, revokedEventSchema } from '../../../shared/chat.ts';
import { configurationSchema } from '../../../shared/configuration.ts';
import { conversationListSchema, conversationSchema } from '../../../shared/conversation.ts';
import { feedbackRequestSchema } from '../../../shared/feedback.ts';
import { conversationIdSchema, replyIdSchema } from '../../../shared/ids.ts';
import { resumeQuerySchema } from '../../http/routes/chat.ts';
import { configurationQuerySchema } from '../../http/routes/configuration.ts';
import { listQuerySchema, transcriptQuerySchema } from '../../http/routes/conversations.ts';
import { COPY_IS_GOOD, explainQuery, HAVE_COPY, NO_BODY, type OperationDocs } from '../operation.ts';

const replyId = { schema: replyIdSchema, about: 'The id of the reply.' };
const events = { ...replyEventSchemas, revoked: revokedEventSchema };
const older = 'Only older ones: `nextBefore` of the page before.';

/** The routes of `chat.ts`, `configuration.ts`, `conversations.ts` and `feedback.ts`. */
export const VISITOR_OPERATIONS: OperationDocs = {
  [`POST ${API_BASE}/chat`]: {
    id: 'sendMessage',
    summary: 'Send a message and read the reply',
    about:
      'The reply is a stream of server-sent events, or whole with `Accept: application/json`. Sent again with the same ' +
      '`messageId`, the same reply is read: one message never calls a model twice.',
    tag: 'Visitors',
    guard: 'visitor',
    body: { schema: chatRequestSchema },
    answers: {
      200: {
        about: 'The reply. The id of each event says how much of the text it completes; the last one seals the stream.',
        schema: chatAnswerSchema,
        events,
        headers: { 'X-Accel-Buffering': 'On a stream: `no`, so that no proxy keeps it back.' },
      },
    },
    errors: [
      'FEATURE_OFF',
      'CONVERSATION_NOT_FOUND',
      'REPLY_NOT_FOUND',
      'MESSAGE_CONFLICT',
      'REPLY_NOT_RETRYABLE',
      'TOO_MANY_STREAMS',
      'DAILY_LIMIT_REACHED',
      'LIMITER_UNAVAILABLE',
    ],
  },
  [`GET ${API_BASE}/chat/:replyId`]: {
    id: 'resumeReply',
    summary: 'Read a reply from a position on',
    tag: 'Visitors',
    guard: 'visitor',
    path: { replyId },
    query: explainQuery(resumeQuerySchema.entries, {
      after: 'The id of the last event that arrived; from the beginning, if not given.',
    }),
    answers: {
      200: {
        about: 'The rest of the reply.',
        events,
        headers: { 'X-Accel-Buffering': '`no`, so that no proxy keeps it back.' },
      },
    },
    errors: ['REPLY_NOT_FOUND', 'TOO_MANY_STREAMS'],
  },
  [`POST ${API_BASE}/chat/:replyId/stop`]: {
    id: 'stopReply',
    summary: 'Stop a reply where it is',
    about: 'The body may be missing. A reply that has ended stays as it is.',
    tag: 'Visitors',
    guard: 'visitor',
    path: { replyId },
    body: NO_BODY,
    answers: { 204: { about: 'Stopped.' } },
    errors: ['REPLY_NOT_FOUND'],
  },
  [`GET ${API_BASE}/conversations`]: {
    id: 'listConversations',
    summary: 'List the visitor’s conversations, latest first',
    tag: 'Visitors',
    guard: 'visitor',
    query: explainQuery(listQuerySchema.entries, { before: older }),
    answers: { 200: { about: 'A page of conversations.', schema: conversationListSchema } },
  },
  [`GET ${API_BASE}/conversations/:id`]: {
    id: 'readConversation',
    summary: 'Read the latest messages of a conversation',
    tag: 'Visitors',
    guard: 'visitor',
    path: { id: { schema: conversationIdSchema, about: 'The id of the conversation.' } },
    query: explainQuery(transcriptQuerySchema.entries, { before: older }),
    answers: { 200: { about: 'Messages in the order they were written.', schema: conversationSchema } },
    errors: ['CONVERSATION_NOT_FOUND'],
  },
  [`POST ${API_BASE}/messages/:id/feedback`]: {
    id: 'rateReply',
    summary: 'Say whether a reply was helpful',
    about: 'The same rating again changes nothing; another one replaces it.',
    tag: 'Visitors',
    guard: 'visitor',
    path: { id: replyId },
    body: { schema: feedbackRequestSchema },
    answers: { 204: { about: 'Noted.' } },
    errors: ['REPLY_NOT_FOUND', 'REPLY_NOT_RATEABLE'],
  },
  [`GET ${API_BASE}/configuration`]: {
    id: 'readCurrentConfiguration',
    summary: 'Read how the widget looks and speaks now',
    about: 'For a frame that is open; it asks every few seconds.',
    tag: 'Visitors',
    guard: 'visitor',
    query: explainQuery(configurationQuerySchema.entries, {
      l: 'The language that is wanted most, before those of `Accept-Language`.',
    }),
    headers: HAVE_COPY,
    answers: {
      200: { about: 'The configuration.', schema: configurationSchema, headers: { ETag: 'Names this configuration.' } },
      304: COPY_IS_GOOD,
    },
  },
  [`POST ${API_BASE}/session/opened`]: {
    id: 'notePanelOpened',
    summary: 'Count that the visitor has opened the panel',
    tag: 'Visitors',
    guard: 'visitor',
    body: NO_BODY,
    answers: { 204: { about: 'Counted.' } },
  },
};
