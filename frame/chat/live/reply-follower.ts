import type { Signal } from '@preact/signals';
import type { ReplyEvent } from '../../../shared/chat.ts';
import { formatReplyPosition } from '../../../shared/reply-position.ts';
import type { BackOff } from '../../api/back-off.ts';
import type { ChatApi, ReplyEvents } from '../../api/chat-api.ts';
import type { HostPage } from '../../host/host-page.ts';
import type { ConversationState } from '../conversation.ts';
import type { Exchange, ReplyState } from '../exchange.ts';
import type { Trouble } from '../trouble.ts';
import { followReply } from './follow-reply.ts';
import { BUSY } from './troubles.ts';

export type ReplyFollower = {
  /** Sends the message if it has no reply yet, and follows the reply to its end. Throws what will not pass. */
  follow(conversation: ConversationState, exchange: Exchange): Promise<void>;
  /** Ends the reply where it is. What was said stays. */
  stop(exchange: Exchange): void;
};

type Dependencies = {
  readonly api: ChatApi;
  readonly backOff: BackOff;
  readonly hostPage: Pick<HostPage, 'isOpen' | 'report' | 'countUnread'>;
  readonly trouble: Signal<Trouble | undefined>;
};

export function createReplyFollower({ api, backOff, hostPage, trouble }: Dependencies): ReplyFollower {
  const connections = new WeakMap<Exchange, AbortController>();

  function notice(conversation: ConversationState, exchange: Exchange, event: ReplyEvent): void {
    if (trouble.value === BUSY) trouble.value = undefined;
    if (event.name === 'reply-started') {
      if (conversation.id.value === undefined) hostPage.report('conversation-started');
      conversation.id.value = event.fields.conversationId;
      hostPage.report('message-sent');
      hostPage.report('reply-started');
      if (exchange.reply.value.isStopping) requestStop(api, exchange);
    }
    if (event.name === 'reply-ended' || event.name === 'reply-failed') {
      hostPage.report(event.name);
      if (!hostPage.isOpen.value) hostPage.countUnread();
    }
  }

  return {
    async follow(conversation, exchange) {
      const connection = new AbortController();
      connections.set(exchange, connection);
      await followReply(exchange.reply, {
        listen: (reply, signal) => listen(api, { conversation, exchange, reply, signal }),
        onEvent: (event) => notice(conversation, exchange, event),
        onDelay: ({ status }) => {
          if (status === 429) trouble.value = BUSY;
        },
        backOff,
        signal: connection.signal,
      });
    },
    stop(exchange) {
      const { reply } = exchange;
      if (reply.value.id === undefined && reply.value.isReconnecting) {
        connections.get(exchange)?.abort();
        reply.value = { ...reply.value, status: 'unsent', isReconnecting: false };
        return;
      }
      reply.value = { ...reply.value, isStopping: true };
      requestStop(api, exchange);
    },
  };
}

type Listening = {
  readonly conversation: ConversationState;
  readonly exchange: Exchange;
  readonly reply: ReplyState;
  readonly signal: AbortSignal;
};

/** Sends the message until the reply has an id; from then on asks for what comes after its text. */
function listen(api: ChatApi, { conversation, exchange, reply, signal }: Listening): Promise<ReplyEvents> {
  if (reply.id === undefined) {
    const { messageId, text, retryOf } = exchange;
    const conversationId = conversation.id.value;
    const place = { ...(conversationId && { conversationId }), ...(retryOf && { retryOf }) };
    return api.sendMessage({ ...place, messageId, text }, signal);
  }
  const position = { characters: reply.text.length, citations: reply.citations.length, hasEnd: false };
  return api.resumeReply(reply.id, formatReplyPosition(position), signal);
}

function requestStop(api: ChatApi, { reply }: Exchange): void {
  if (reply.value.id === undefined) return;
  api.stopReply(reply.value.id).catch(() => {
    reply.value = { ...reply.value, isStopping: false };
  });
}
