import { effect } from '@preact/signals';
import type { ConversationId } from '../../../shared/ids.ts';
import { ApiError, isSessionCode } from '../../api/api-error.ts';
import { identifyVisitor } from '../../api/session-api.ts';
import type { HostPage, VisitorMessage } from '../../host/host-page.ts';
import type { Chat } from '../chat.ts';
import { createLeaving, type LeavingParts } from './leaving.ts';
import type { Opening } from './opening.ts';
import { patiently } from './patiently.ts';

export type Visitor = {
  /** Asks the host page who the visitor is, and does what it says, now and later. `hasOpened` is when there is a session. */
  start(hasOpened: Promise<void>): void;
  /** What the host page says about the visit; nobody vouches for it. */
  context(): readonly string[];
};

type Dependencies = LeavingParts & {
  readonly hostPage: Pick<HostPage, 'askVisitor' | 'refuseVisitor'>;
  readonly opening: Pick<Opening, 'openConversation'>;
};

export function createVisitor(dependencies: Dependencies): Visitor {
  const { chat, hostPage, session, opening, backOff, otherTabs } = dependencies;
  const { hasBegun: isLeaving, leave, followOtherTab } = createLeaving(dependencies);
  let context: readonly string[] = [];
  let before: Promise<void> = Promise.resolve();
  let isKnown = false;
  let hasAskedAgain = false;

  async function identify(jwt: string): Promise<void> {
    if (isLeaving()) return;
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
