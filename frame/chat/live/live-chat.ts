import type { FeedbackRating } from '../../../shared/feedback.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { Exchange } from '../exchange.ts';
import type { History } from './history.ts';

/** What the chat can do once it can talk to the server. Nothing here throws; what goes wrong shows in the chat. */
export type LiveChat = {
  /** Sends the draft. */
  send(): void;
  /** Ends the reply that is coming. */
  stop(): void;
  /** Asks again what was not answered well, sends again what was not sent, or fetches the rest of what was lost. */
  tryAgain(exchange: Exchange): void;
  /** Says what the visitor thinks of a reply; shown at once, and taken back if the server does not take it. */
  rate(exchange: Exchange, rating: FeedbackRating): void;
  openConversation(id: ConversationId): Promise<void>;
  /** Loads the page before the messages that are here. */
  loadEarlier(): Promise<void>;
  readonly history: History;
};
