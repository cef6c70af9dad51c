import { setTimeout as delay } from 'node:timers/promises';
import { type ModelEvent, type ModelGateway, type ModelRequest, visitorTextsOf } from '../model-gateway.ts';
import { type Answer, composeAnswer } from './compose-answer.ts';
import { phrasesFor } from './phrases.ts';
import { contentWordsOf } from './words.ts';

/** Between two words, so that an answer reads as it comes. */
const WORD_DELAY_MS = 6;

/**
 * Answers without a model: quotes the passages it is given, with their sources, and says so when there are none. Never
 * fails.
 */
export function createKnowledgeGateway(): ModelGateway {
  return { streamReply };
}

async function* streamReply(request: ModelRequest): AsyncIterable<ModelEvent> {
  const { text, citations } = answer(request);
  let cited = 0;
  for (const [index, word] of (text.match(/\s*\S+/g) ?? []).entries()) {
    if (index > 0) await delay(WORD_DELAY_MS, undefined, { signal: request.signal });
    yield { type: 'text', text: word };
    const citation = citations[cited];
    if (citation === undefined || !word.includes(`[${citation.number}]`)) continue;
    cited++;
    yield { type: 'citation', citation };
  }
}

function answer({ messages, knowledge, contact, locale }: ModelRequest): Answer {
  const question = visitorTextsOf(messages).at(-1) ?? '';
  const phrases = phrasesFor(question, locale);
  const [best, ...others] = knowledge;
  if (best !== undefined) return composeAnswer(question, [best, ...others], phrases);
  if (contentWordsOf(question).length === 0) return { text: phrases.ask, citations: [] };
  return { text: [phrases.nothingFound, contact].filter((part) => part !== '').join('\n\n'), citations: [] };
}
