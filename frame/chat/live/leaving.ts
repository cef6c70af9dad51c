import { ApiError } from '../../api/api-error.ts';
import type { BackOff } from '../../api/back-off.ts';
import { endSession } from '../../api/session-api.ts';
import type { HostPage } from '../../host/host-page.ts';
import type { Session } from '../../session/session.ts';
import type { Chat } from '../chat.ts';
import { hideConversations } from './hide-conversations.ts';
import type { OtherTabs } from './other-tabs.ts';
import { patiently } from './patiently.ts';

export type Leaving = {
  /** Whether the visitor is on their way out; nothing is done for them any more. */
  readonly hasBegun: () => boolean;
  /** Ends the session, tells the other tabs of this browser, and begins again. */
  leave(why: 'logged out' | 'for another'): Promise<void>;
  /** Does the same when another tab has ended the session. */
  followOtherTab(): void;
};

export type LeavingParts = {
  readonly chat: Chat;
  readonly hostPage: Pick<HostPage, 'report' | 'forgetUnread'>;
  readonly session: Pick<Session, 'authorized'>;
  readonly backOff: BackOff;
  readonly otherTabs: OtherTabs;
  /** Begins again with a new document, and takes nothing along. */
  readonly restart: () => void;
};

export function createLeaving({ chat, hostPage, session, backOff, otherTabs, restart }: LeavingParts): Leaving {
  let hasBegun = false;

  function empty(): void {
    hasBegun = true;
    chat.isReady.value = false;
    chat.trouble.value = undefined;
    chat.edit('');
    hideConversations(chat);
    hostPage.forgetUnread();
  }

  return {
    hasBegun: () => hasBegun,
    async leave(why) {
      if (hasBegun) return;
      empty();
      const isOver = await patiently(() => session.authorized(endSession), backOff).then(() => true, isSessionEnded);
      // Unless it is over, the loader says it again to the next document.
      if (isOver) otherTabs.tellLeft();
      if (isOver && why === 'logged out') hostPage.report('logged-out');
      restart();
    },
    followOtherTab() {
      if (hasBegun) return;
      empty();
      hostPage.report('logged-out');
      restart();
    },
  };
}

function isSessionEnded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'SESSION_ENDED';
}
