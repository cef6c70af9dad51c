import { computed, effect, type ReadonlySignal } from '@preact/signals';
import { isSessionCode } from '../../api/api-error.ts';
import { type BackOff, createBackOff } from '../../api/back-off.ts';
import { createChatApi } from '../../api/chat-api.ts';
import { readConfiguration } from '../../api/configuration-api.ts';
import { type OpenedSession, openSession, renewSession } from '../../api/session-api.ts';
import type { HostPage } from '../../host/host-page.ts';
import { warnSameSite } from '../../host/same-site.ts';
import { takeDraft } from '../../session/kept-draft.ts';
import { keepResume, readResume } from '../../session/kept-resume.ts';
import { MemorySession, type Session } from '../../session/session.ts';
import { addLateStyles } from '../../styles/late-styles.ts';
import { createVisible } from '../../ui/visible.ts';
import type { Chat } from '../chat.ts';
import type { Surroundings } from '../load-rest.ts';
import { Content } from '../views/content.tsx';
import { Menu } from '../views/menu.tsx';
import { describeRoom } from './describe-room.ts';
import { followConfiguration } from './follow-configuration.ts';
import { hideConversations } from './hide-conversations.ts';
import { createHistory } from './history.ts';
import { loadEarlier } from './load-conversation.ts';
import { createMessageSender, type MessageSender } from './message-sender.ts';
import { createOpening, type Opening } from './opening.ts';
import { createOtherTabs } from './other-tabs.ts';
import { followPreview, openPreviewSession } from './preview.ts';
import { rateReply } from './rate-reply.ts';
import { createReplyFollower } from './reply-follower.ts';
import { restart } from './restart.ts';
import { takeOver } from './take-over.ts';
import { tellOpened } from './tell-opened.ts';
import { createEnded, createUnavailable } from './troubles.ts';
import { createVisitor, type Visitor } from './visitor.ts';

/**
 * All that the first sight of the panel does not need: joins the chat to the server, from the ticket to the latest
 * conversation, lets it act from then on, and brings what draws conversations.
 */
export function connect({ boot, chat, hostPage }: Surroundings): void {
  const session = new MemorySession({
    ticket: boot.ticket,
    openSession: (ticket) => (boot.preview ? openPreviewSession(hostPage) : openInTab(boot.key, ticket)),
    renewSession,
    now: Date.now,
    schedule: (run, milliseconds) => void setTimeout(run, milliseconds),
  });
  const api = createChatApi(
    (call) => session.authorized(call),
    () => visitor.context(),
  );
  const backOff = createBackOff({ isOnline: chat.isOnline, random: Math.random });
  const follower = createReplyFollower({ api, backOff, hostPage, trouble: chat.trouble });
  const sender: MessageSender = createMessageSender({
    chat,
    follower,
    reload: ({ id }) => void (id.value && opening.openConversation(id.value)),
  });
  const opening: Opening = createOpening({ chat, api, session, sender, backOff });
  const visitor: Visitor = joinVisitor({ boot, chat, hostPage }, { session, opening, backOff });

  warnSameSite(boot.o, location.origin);
  addLateStyles(document);
  if (chat.draft.value === '') chat.edit(takeDraft());
  chat.parts.value = { Content, Menu };
  chat.live.value = {
    send: sender.send,
    stop: () => chat.running.value && follower.stop(chat.running.value),
    tryAgain: sender.tryAgain,
    rate: (exchange, rating) => void rateReply(api, exchange, rating),
    openConversation: opening.openConversation,
    loadEarlier: () => loadEarlier(api, chat.conversation.value).catch(() => {}),
    history: createHistory(api),
  };
  watch({ chat, hostPage }, session);
  if (boot.preview) followPreview({ chat, hostPage }, document);
  else followPublished({ chat, hostPage }, session);
  const opened = opening.start();
  if (boot.preview) return;
  // After the session has begun to open, because it waits for that.
  tellOpened(api, hostPage);
  visitor.start(opened);
}

type Joined = { readonly session: Session; readonly opening: Opening; readonly backOff: BackOff };

/** Who the visitor is goes with the page's word; whoever leaves leaves nothing behind in this tab. */
function joinVisitor({ boot, chat, hostPage }: Surroundings, joined: Joined): Visitor {
  return createVisitor({
    chat,
    hostPage,
    ...joined,
    otherTabs: createOtherTabs(`${boot.key} ${boot.o}`),
    restart() {
      keepResume(boot.key, undefined);
      restart(hostPage, '');
    },
  });
}

/** Opens the session as the visitor this tab remembers, and remembers them again if it is to. */
async function openInTab(key: string, ticket: string): Promise<OpenedSession> {
  const resume = readResume(key);
  const opened = await openSession({ ticket, ...(resume !== undefined && { resume }) });
  keepResume(key, opened.answer.resume);
  return opened;
}

/** Says what the visitor should know: that the session is over, and how much room is left in the field. */
function watch({ chat, hostPage }: Pick<Surroundings, 'chat' | 'hostPage'>, { endedBy }: Session): void {
  effect(() => {
    if (endedBy.value === undefined) return;
    // Somebody has logged out, perhaps elsewhere, and somebody else may be looking.
    if (endedBy.value === 'SESSION_ENDED') hideConversations(chat);
    chat.trouble.value = isSessionCode(endedBy.value)
      ? createEnded(() => restart(hostPage, unsentWords(chat)))
      : createUnavailable(chat.configuration.peek().texts.contact);
    hostPage.report('session-ended');
  });
  effect(() => {
    chat.notice.value = describeRoom(chat.charactersLeft.value) ?? chat.configuration.value.texts.notice;
  });
}

/** Looks and speaks as the latest published version says. */
function followPublished({ chat, hostPage }: Pick<Surroundings, 'chat' | 'hostPage'>, session: Session): void {
  followConfiguration({
    current: chat.configuration,
    isShown: isShownWhile(hostPage, session),
    read: (known) => readConfiguration((call) => session.authorized(call), known, chosenLanguage()),
    take: (configuration) => takeOver({ chat, hostPage }, document, configuration),
  });
}

/** Whether the panel can be seen, within a session that is not over. */
function isShownWhile({ isOpen }: HostPage, { endedBy }: Session): ReadonlySignal<boolean> {
  const isVisible = createVisible(document);
  return computed(() => isOpen.value && isVisible.value && endedBy.value === undefined);
}

/** The language the embedder has chosen, as the loader wrote it into our address. */
function chosenLanguage(): string | null {
  return new URLSearchParams(location.search).get('l');
}

/** What the visitor wrote and the server does not have: it must survive the new document. */
function unsentWords({ conversation, draft }: Chat): string {
  const unsent = conversation.value.exchanges.value.filter(({ reply }) => reply.value.status === 'unsent');
  return [...unsent.map(({ text }) => text), draft.value].join('\n\n').trim();
}
