import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Counting } from './compose-counting.ts';
import type { Config } from './config.ts';
import { Chat } from './domain/chat.ts';
import { chatStore } from './domain/chat-store.ts';
import { createKnowledge, type Knowledge } from './domain/knowledge.ts';
import { createRetention } from './domain/retention.ts';
import { createFindRevoked } from './domain/revocation.ts';
import type { Sessions } from './domain/sessions.ts';
import type { WidgetDirectory } from './domain/widget-directory.ts';
import type { Clock } from './gateways/clock.ts';
import { createModelGateway } from './gateways/create-model-gateway.ts';
import { EventStreams } from './http/event-streams.ts';
import type { RunningStore } from './start-store.ts';
import { findArticles } from './store/knowledge.ts';
import { findKnowledgeVersion } from './store/knowledge-versions.ts';
import { findEndedSince } from './store/sessions.ts';
import { deleteSilent } from './store/silent-conversations.ts';
import { dropUnansweredBefore } from './store/unanswered.ts';
import { findRetentions } from './store/widget-settings.ts';

type Parts = {
  readonly config: Pick<Config, 'model' | 'shutdownGraceMs'>;
  readonly store: Pick<RunningStore, 'isExclusive'>;
  readonly counting: Pick<Counting, 'quota' | 'analytics' | 'unanswered'>;
  readonly sessions: Pick<Sessions, 'signingKeyOf'>;
  readonly directory: WidgetDirectory;
  readonly clock: Clock;
  readonly log: Logger;
};

export type ComposedChat = {
  readonly chat: Chat;
  readonly streams: EventStreams;
  readonly knowledge: Knowledge;
  /** Lets the replies under way complete for some time, then ends what is still open; `closed` is when nobody asks any more. */
  stop(closed: Promise<void>): Promise<void>;
};

/** Conversations: the replies, the streams they are read by, the articles they rest on, and how long all of it is kept. */
export async function composeChat({
  config,
  store,
  counting,
  sessions,
  directory,
  clock,
  log,
}: Parts): Promise<ComposedChat> {
  const knowledge = createKnowledge({ findArticles, findKnowledgeVersion });
  const { quota, analytics, unanswered } = counting;
  const chat = new Chat({
    store: chatStore,
    modelGateway: createModelGateway(config.model),
    knowledge,
    quota,
    analytics,
    unanswered,
    clock,
    ownerId: randomUUID(),
    log,
  });
  const interrupted = await chat.interruptAbandoned(store.isExclusive ? 'every' : 'expired');
  if (interrupted > 0) log.warn({ interrupted }, 'Replies that an earlier process left unfinished were interrupted');
  const streams = new EventStreams({
    signingKeyOf: sessions.signingKeyOf,
    findRevoked: createFindRevoked({ directory, findEndedSince, clock }),
    onFailure: (err) => log.warn({ err }, 'It is not known whether keys of open streams were revoked'),
  });
  const retention = createRetention({ store: { deleteSilent, findRetentions, dropUnansweredBefore }, clock, log });
  return {
    chat,
    streams,
    knowledge,
    async stop(closed) {
      // Replies that complete in time are read to their end; what is still open then is resumed elsewhere.
      await chat.shutdown(config.shutdownGraceMs);
      streams.close();
      await closed;
      await retention.stop();
    },
  };
}
