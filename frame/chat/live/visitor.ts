import { effect } from '@preact/signals';
import type { ConversationId } from '../../../shared/ids.ts';
import { ApiError, isPassing, isSessionCode } from '../../api/api-error.ts';
import type { BackOff } from '../../api/back-off.ts';
import { endSession, identifyVisitor } from '../../api/session-api.ts';
import type { HostPage, VisitorMessage } from '../../host/host-page.ts';
import type { Session } from '../../session/session.ts';
import type { Chat } from '../chat.ts';
import { hideConversations } from './hide-conversations.ts';
import type { Opening } from './opening.ts';
import type { OtherTabs } from './other-tabs.ts';

export type Visitor = {
  /** Asks the host page who the visitor is, and does what it says, now and later. `hasOpened` is when there is a session. */
  start(hasOpened: Promise<void>): void;
  /** What the host page says about the visit; nobody vouches for it. */
  context(): readonly string[];
};

type Dependencies = {
  readonly chat: Chat;
  readonly hostPage: Pick<HostPage, 'askVisitor' | 'refuseVisitor' | 'report' | 'forgetUnread'>;
  readonly session: Pick<Session, 'authorized'>;
  readonly opening: Pick<Opening, 'openConversation'>;
  readonly backOff: BackOff;
  readonly otherTabs: OtherTabs;
  /** Begins again with a new document, and takes nothing along. */
  readonly restart: () => void;
};

export function createVisitor(dependencies: Dependencies): Visitor {
  const { chat, hostPage, session, opening, backOff, otherTabs, restart } = dependencies;
  let context: readonly string[] = [];
  let before: Promise<void> = Promise.resolve();
  let isKnown = false;
  let hasAskedAgain = false;
  let isLeaving = false;

  async function identify(jwt: string): Promise<void> {
    if (isLeaving) return;
    await untilSent(chat);
    try {
      const call = () => session.authorized((access) => identifyVisitor(access, jwt));
      const { conversationId } = await patiently(call, backOff);
      hasAskedAgain = false;
      hostPage.report('identified');
      if (!isKnown) await show(conversationId);
      isKnown = true;
    } catch (error) {
      refuse(error);
    }
  }

  /** What was said before stays, and is theirs now; else what they said last, wherever that was. */
  async function show(conversationId: ConversationId | null): Promise<void> {
    if (chat.view.value === 'history') await chat.live.value?.history.load();
    else if (conversationId !== null && chat.conversation.value.exchanges.value.length === 0) {
      await opening.openConversation(conversationId);
    }
  }

  function refuse(error: unknown): void {
    const code = error instanceof ApiError ? error.code : undefined;
    // Of the session's end the visitor is told; a new document asks anew.
    if (code !== undefined && isSessionCode(code)) return;
    // The server has believed the token, so it is another person who is here now.
    if (code === 'IDENTITY_CONFLICT' && isKnown) void leave('for another');
    else if (code === 'IDENTITY_EXPIRED' && !hasAskedAgain) {
      hasAskedAgain = true;
      hostPage.askVisitor(hear);
    } else hostPage.refuseVisitor();
  }

  async function leave(why: 'logged out' | 'for another'): Promise<void> {
    if (isLeaving) return;
    empty();
    const isOver = await patiently(() => session.authorized(endSession), backOff).then(() => true, isSessionEnded);
    // Unless it is over, the loader says it again to the next document.
    if (isOver) otherTabs.tellLeft();
    if (isOver && why === 'logged out') hostPage.report('logged-out');
    restart();
  }

  function empty(): void {
    isLeaving = true;
    chat.isReady.value = false;
    chat.trouble.value = undefined;
    chat.edit('');
    hideConversations(chat);
    hostPage.forgetUnread();
  }

  function followOtherTab(): void {
    if (isLeaving) return;
    empty();
    hostPage.report('logged-out');
    restart();
  }

  function hear(message: VisitorMessage): void {
    if (message.t === 'context') context = message.lines;
    else if (message.t === 'logout') void leave('logged out');
    else before = before.then(() => identify(message.jwt));
  }

  return {
    context: () => context,
    start(hasOpened) {
      before = hasOpened;
      otherTabs.onLeft(followOtherTab);
      hostPage.askVisitor(hear);
    },
  };
}

function isSessionEnded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'SESSION_ENDED';
}

/** Resolves when the server has the message that is on its way, so that its conversation is there to change hands. */
async function untilSent({ running }: Chat): Promise<void> {
  let stop: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    stop = effect(() => {
      if (running.value?.reply.value.status !== 'sending') resolve();
    });
  });
  stop?.();
}

/** Calls until it does not fail for reasons that pass by themselves. */
async function patiently<T>(call: () => Promise<T>, backOff: BackOff): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await backOff(attempt, { leastMs: error.retryAfterSeconds * 1000 });
    }
  }
}
