import { setImmediate as nextTurn } from 'node:timers/promises';
import MiniSearch from 'minisearch';
import { type ModelMessage, type Passage, visitorTextsOf } from '../model-gateway.ts';
import { plainText } from './plain-text.ts';
import { rankPassages, type Subject } from './rank-passages.ts';
import { type ArticlePassage, type SplittableArticle, splitArticle } from './split-article.ts';
import { STOP_WORDS } from './stop-words.ts';
import { contentWordsOf, stemOf, wordsOf } from './words.ts';

/** The passages about the visitor's last question, best first; empty if nothing is about it. */
export type PassageSearch = (messages: readonly ModelMessage[]) => readonly Passage[];

type Entry = { readonly id: number; readonly title: string; readonly headings: string; readonly text: string };

/** The longest question that is looked up whole; each word costs a look into the index. */
const MOST_WORDS = 24;
const PORTION = 25;

/** An index over the passages of articles, held in memory. */
export async function createPassageIndex(articles: readonly SplittableArticle[]): Promise<PassageSearch> {
  const passages: ArticlePassage[] = [];
  for await (const portion of portionsOf(articles)) passages.push(...portion.flatMap(splitArticle));
  const index = new MiniSearch<Entry>({
    fields: ['title', 'headings', 'text'],
    tokenize: (text) => [...wordsOf(text)],
    processTerm: (word) => (STOP_WORDS.has(word) ? null : stemOf(word)),
    searchOptions: {
      // What is looked up are stems already.
      tokenize: (stems) => stems.split(' '),
      processTerm: (term) => term,
      boost: { headings: 3, title: 1.5 },
      bm25: { k: 1.2, b: 0.5, d: 0.2 },
    },
  });
  const indexed: { readonly passage: ArticlePassage; readonly headingStems: ReadonlySet<string> }[] = [];
  for await (const portion of portionsOf(passages)) {
    index.addAll(portion.map((passage, at) => toEntry(passage, indexed.length + at)));
    indexed.push(...portion.map((passage) => ({ passage, headingStems: stemsOf(passage.headings.at(-1) ?? '') })));
  }
  return (messages) => rankPassages(indexed, index, subjectOf(messages));
}

/** In portions, between which other work gets its turn: a large index takes seconds to make. */
async function* portionsOf<T>(all: readonly T[]): AsyncIterable<readonly T[]> {
  for (let at = 0; at < all.length; at += PORTION) {
    yield all.slice(at, at + PORTION);
    await nextTurn();
  }
}

function toEntry({ articleTitle, headings, text }: ArticlePassage, id: number): Entry {
  return { id, title: articleTitle, headings: headings.map(plainText).join(' '), text: plainText(text) };
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).map(stemOf));
}

/** A question such as "And why?" is about what the one before it was about. */
function subjectOf(messages: readonly ModelMessage[]): Subject {
  const subjects = visitorTextsOf(messages).map((text) => ({
    words: contentWordsOf(text).slice(0, MOST_WORDS),
    phrase: wordsOf(text).slice(0, MOST_WORDS),
  }));
  return subjects.findLast(({ words }) => words.length > 0) ?? { words: [], phrase: [] };
}
