import type { MessageId } from '../../shared/ids.ts';
import type { ModelMessage } from '../gateways/model-gateway.ts';
import type { MessageDocument } from '../store/messages.ts';

/** How many messages of a conversation are read for the model. */
export const HISTORY_LIMIT = 12;
const HISTORY_MAX_CHARACTERS = 24_000;

/**
 * What the model is told of a conversation, from its messages newest first and the new one: what was asked again
 * is left out, the oldest goes first where it would be too long, and visitor and assistant speak in turn, as models
 * expect: questions that got no answer are asked together with the next one.
 */
export function historyOf(
  newestFirst: readonly MessageDocument[],
  { text: question, retryOf }: Pick<MessageDocument, 'text' | 'retryOf'>,
): readonly ModelMessage[] {
  const newestTurns: ModelMessage[] = [{ role: 'visitor', text: question }];
  let characters = question.length;
  for (const { text, reply } of withoutRetried(newestFirst, retryOf)) {
    characters += text.length + reply.text.length;
    if (characters > HISTORY_MAX_CHARACTERS) break;
    if (reply.text !== '') newestTurns.push({ role: 'assistant', text: reply.text });
    newestTurns.push({ role: 'visitor', text });
  }
  return joinSameRole(newestTurns.reverse());
}

function withoutRetried(
  messages: readonly MessageDocument[],
  latest: MessageId | undefined,
): readonly MessageDocument[] {
  const retried = new Set([latest, ...messages.map(({ retryOf }) => retryOf)]);
  return messages.filter(({ messageId }) => !retried.has(messageId));
}

function joinSameRole(turns: readonly ModelMessage[]): readonly ModelMessage[] {
  const joined: ModelMessage[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.role === turn.role) joined[joined.length - 1] = { ...turn, text: `${last.text}\n\n${turn.text}` };
    else joined.push(turn);
  }
  return joined;
}
