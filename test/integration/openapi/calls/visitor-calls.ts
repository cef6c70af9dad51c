import { randomUUID } from 'node:crypto';
import { API_BASE } from '../../../../shared/api-path.ts';
import { type Calls, refusesWithoutSession } from '../api-stage.ts';

const newMessage = () => ({ messageId: randomUUID(), text: 'Do you ship abroad?' });

export const VISITOR_CALLS: Calls = {
  [`POST ${API_BASE}/chat`]: [
    { it: 'streams the reply', send: ({ asVisitor }) => ({ headers: asVisitor, body: newMessage() }), status: 200 },
    {
      it: 'answers the whole reply',
      send: ({ asVisitor, conversationId }) => ({
        headers: { ...asVisitor, accept: 'application/json' },
        body: { ...newMessage(), conversationId },
      }),
      status: 200,
    },
    {
      it: 'refuses another text under the same id',
      send: ({ asVisitor, messageId, conversationId }) => ({
        headers: asVisitor,
        body: { messageId, conversationId, text: 'Something else' },
      }),
      status: 409,
      code: 'MESSAGE_CONFLICT',
    },
    {
      it: 'knows no conversation of somebody else',
      send: ({ asVisitor }) => ({ headers: asVisitor, body: { ...newMessage(), conversationId: randomUUID() } }),
      status: 404,
      code: 'CONVERSATION_NOT_FOUND',
    },
    {
      it: 'refuses a field it does not know',
      send: ({ asVisitor }) => ({ headers: asVisitor, body: { ...newMessage(), model: 'another' } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    {
      it: 'refuses a widget whose chat is off',
      async send({ casement, widget, asVisitor }) {
        const settings = { ...widget.settings, features: { ...widget.settings.features, chat: false } };
        await casement.saveWidget({ ...widget, version: 2, settings });
        return { headers: asVisitor, body: newMessage() };
      },
      status: 403,
      code: 'FEATURE_OFF',
    },
    ...refusesWithoutSession(() => ({ body: newMessage() })),
  ],
  [`GET ${API_BASE}/chat/:replyId`]: [
    {
      it: 'reads from the beginning',
      send: ({ asVisitor, replyId }) => ({ path: { replyId }, headers: asVisitor }),
      status: 200,
    },
    {
      it: 'reads from a position on',
      send: ({ asVisitor, replyId }) => ({ path: { replyId }, query: { after: '0.0' }, headers: asVisitor }),
      status: 200,
    },
    {
      it: 'refuses a position the reply does not have',
      send: ({ asVisitor, replyId }) => ({ path: { replyId }, query: { after: '99999.0' }, headers: asVisitor }),
      status: 400,
      code: 'INVALID_REQUEST',
    },
    {
      it: 'knows no reply of somebody else',
      send: ({ asVisitor }) => ({ path: { replyId: randomUUID() }, headers: asVisitor }),
      status: 404,
      code: 'REPLY_NOT_FOUND',
    },
    ...refusesWithoutSession(({ replyId }) => ({ path: { replyId } })),
  ],
  [`POST ${API_BASE}/chat/:replyId/stop`]: [
    { it: 'stops', send: ({ asVisitor, replyId }) => ({ path: { replyId }, headers: asVisitor }), status: 204 },
    {
      it: 'stops, asked with an empty object',
      send: ({ asVisitor, replyId }) => ({ path: { replyId }, headers: asVisitor, body: {} }),
      status: 204,
    },
    {
      it: 'knows no reply of somebody else',
      send: ({ asVisitor }) => ({ path: { replyId: randomUUID() }, headers: asVisitor }),
      status: 404,
      code: 'REPLY_NOT_FOUND',
    },
    ...refusesWithoutSession(({ replyId }) => ({ path: { replyId } })),
  ],
  [`GET ${API_BASE}/conversations`]: [
    { it: 'lists', send: ({ asVisitor }) => ({ headers: asVisitor }), status: 200 },
    {
      it: 'refuses a cursor it did not give',
      send: ({ asVisitor }) => ({ query: { before: 'MTIz' }, headers: asVisitor }),
      status: 400,
      code: 'INVALID_REQUEST',
    },
    ...refusesWithoutSession(),
  ],
  [`GET ${API_BASE}/conversations/:id`]: [
    {
      it: 'reads',
      send: ({ asVisitor, conversationId }) => ({ path: { id: conversationId }, headers: asVisitor }),
      status: 200,
    },
    {
      it: 'knows no conversation of somebody else',
      send: ({ asVisitor }) => ({ path: { id: randomUUID() }, headers: asVisitor }),
      status: 404,
      code: 'CONVERSATION_NOT_FOUND',
    },
    ...refusesWithoutSession(({ conversationId }) => ({ path: { id: conversationId } })),
  ],
  [`POST ${API_BASE}/messages/:id/feedback`]: [
    {
      it: 'notes',
      send: ({ asVisitor, replyId }) => ({ path: { id: replyId }, headers: asVisitor, body: { rating: 'helpful' } }),
      status: 204,
    },
    {
      it: 'refuses a rating that is none',
      send: ({ asVisitor, replyId }) => ({ path: { id: replyId }, headers: asVisitor, body: { rating: 5 } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    {
      it: 'knows no reply of somebody else',
      send: ({ asVisitor }) => ({ path: { id: randomUUID() }, headers: asVisitor, body: { rating: 'helpful' } }),
      status: 404,
      code: 'REPLY_NOT_FOUND',
    },
    ...refusesWithoutSession(({ replyId }) => ({ path: { id: replyId }, body: { rating: 'helpful' } })),
  ],
  [`GET ${API_BASE}/configuration`]: [
    {
      it: 'tells the current one',
      send: ({ asVisitor }) => ({ query: { l: 'de' }, headers: asVisitor }),
      status: 200,
    },
    {
      it: 'says that a copy is good',
      async send({ visitor, asVisitor }) {
        const { headers } = await visitor.ask({ path: '/configuration' });
        return { headers: { ...asVisitor, 'if-none-match': String(headers.etag) } };
      },
      status: 304,
    },
    {
      it: 'refuses a language that is none',
      send: ({ asVisitor }) => ({ query: { l: 'German please' }, headers: asVisitor }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesWithoutSession(),
  ],
  [`POST ${API_BASE}/session/opened`]: [
    { it: 'counts', send: ({ asVisitor }) => ({ headers: asVisitor }), status: 204 },
    ...refusesWithoutSession(),
  ],
};
