import type { ReplyFailureCode } from '../../shared/error-code.ts';

/** The frame's words, but for the few in `first-strings.ts` and those of the configuration. */

export const back = 'Back';
export const more = 'More';
export const newConversation = 'New conversation';
export const pastConversations = 'Past conversations';
export const conversation = 'Conversation';

export const tryAgain = 'Try again';
export const continueChat = 'Continue';
export const newAnswer = 'New answer';
export const showEarlier = 'Show earlier messages';
export const showMore = 'Show more';

export const youSaid = 'You:';
export const answering = 'The answer is coming';
export const reconnecting = 'The connection is away. The answer goes on when it is back.';
export const stopped = 'You stopped this answer.';
export const copy = 'Copy the answer';
export const copied = 'Copied';
export const helpful = 'Helpful';
export const notHelpful = 'Not helpful';
export const source = (number: number, title: string) => `Source ${number}: ${title}`;
export const sources = 'Sources';
export const opensPage = 'opens a page';
export const openLink = 'Open this page';
export const leadsTo = 'This link leads to';

export const charactersLeft = (count: number) => `${count} characters left`;
export const charactersTooMany = (count: number) => `${count} characters too many to send`;

export const noConversations = 'No conversations yet. Ask something, and it is kept here.';
export const historyUnreachable = 'Your conversations cannot be loaded right now.';

export const refused = 'This message was not accepted. It is back in the field.';
export const busy = 'There are many messages right now. This one is sent in a moment.';
export const resting = 'The assistant has answered enough for today. It is back tomorrow.';
export const ended = 'This chat was open for a long time. Your messages are safe.';
export const unavailable = 'The chat is not available right now.';

/** What happened, and what that means for the visitor. */
export type Failure = readonly [what: string, meaning: string];

const SAFE = 'Your message is safe.';

export const failures: Readonly<Record<ReplyFailureCode | 'unsent' | 'lost', Failure>> = {
  INTERRUPTED: ['The answer was cut off.', SAFE],
  MODEL_UNAVAILABLE: ['The assistant does not answer right now.', SAFE],
  MODEL_TIMEOUT: ['The answer took too long.', SAFE],
  MODEL_REFUSED: ['The assistant does not answer this.', 'Other words may help.'],
  MODEL_BUSY: ['Many people are asking right now.', SAFE],
  MODEL_NOT_AUTHORIZED: ['The assistant does not answer right now.', SAFE],
  MODEL_ERROR: ['Something went wrong with the answer.', SAFE],
  REPLY_TOO_LONG: ['The answer became too long and ends here.', 'A narrower question helps.'],
  unsent: ['This is not sent yet.', 'It is kept here.'],
  lost: ['The connection is lost.', 'The rest of the answer is kept for you.'],
};
