import type { Chat } from '../chat.ts';

/** Takes from the panel's sight and memory what was said in the session that is over; the draft stays. */
export function hideConversations(chat: Chat): void {
  chat.startConversation();
  chat.announcement.value = '';
  const history = chat.live.peek()?.history;
  if (history === undefined) return;
  history.conversations.value = undefined;
  history.nextBefore.value = null;
}
