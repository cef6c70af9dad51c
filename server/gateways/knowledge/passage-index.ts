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

/** An index over the passages of articles, held in memory. */
export async function createPassageIndex(articles: readonly SplittableArticle[]): Promise<PassageSearch> {
  const passages = articles.flatMap(splitArticle);
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
  // In portions, so that the making of a large index lets other work through.
  await index.addAllAsync(passages.map(toEntry), { chunkSize: 50 });
  const indexed = passages.map((passage) => ({ passage, headingStems: stemsOf(passage.headings.at(-1) ?? '') }));
  return (messages) => rankPassages(indexed, index, subjectOf(messages));
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
