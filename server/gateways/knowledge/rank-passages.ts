import type MiniSearch from 'minisearch';
import type { Passage } from '../model-gateway.ts';
import type { ArticlePassage } from './split-article.ts';
import { synonymsOf } from './synonyms.ts';
import { stemOf, wordsOf } from './words.ts';

const MOST_PASSAGES = 6;
/** Beside a better one, a passage with less than this part of its rank only distracts. */
const LEAST_SHARE = 0.3;

const REPETITION = 0.3;

/** A sentence is read more easily than a row. */
const TABLE_SHARE = 0.75;

/** How sure it is that the word that was found is the one that was meant. */
const CERTAINTY = { same: 1, longer: 0.8, synonym: 0.8, misspelt: 0.7 } as const;

/** What a question is about, and how it is put. */
export type Subject = { readonly words: readonly string[]; readonly phrase: readonly string[] };

type Hit = { readonly rank: number; readonly certainty: number };
/** What one word of the question found, by passage, and how much the word says: much if few passages have it. */
type Finding = { readonly hits: ReadonlyMap<number, Hit>; readonly weight: number };

/**
 * The passages about the words, best first. `score` is the part of the question that a passage covers. A word that no
 * passage knows counts against all of them, so that a question about something else finds nothing rather than the
 * passage that happens to share a word with it.
 */
export function rankPassages(
  passages: readonly ArticlePassage[],
  index: MiniSearch,
  { words, phrase }: Subject,
): readonly Passage[] {
  const findings = words.map((word) => lookUp(index, stemOf(word)));
  const total = sum(findings.map(({ weight }) => weight));
  const ranked = passages
    .map((passage, id) => {
      const score = sum(findings.map(({ hits, weight }) => weight * (hits.get(id)?.certainty ?? 0))) / total;
      const found = sum(findings.map(({ hits }) => hits.get(id)?.rank ?? 0));
      const rank = found * score * (1 + headingLikeness(passage, phrase)) * (isTable(passage) ? TABLE_SHARE : 1);
      return { passage: { ...passage, score }, rank };
    })
    .filter(({ passage }) => passage.score >= leastScore(words.length))
    .sort((a, b) => b.rank - a.rank);
  const best = ranked[0]?.rank ?? 0;
  return ranked
    .filter(({ rank }) => rank >= best * LEAST_SHARE)
    .slice(0, MOST_PASSAGES)
    .map(({ passage }) => passage);
}

/** Up to 2 for a heading that is the question itself, little for one that only shares a word with it. */
function headingLikeness({ headings }: ArticlePassage, phrase: readonly string[]): number {
  const asked = new Set(phrase.map(stemOf));
  const heading = new Set(wordsOf(headings.at(-1) ?? '').map(stemOf));
  const shared = [...heading].filter((stem) => asked.has(stem)).length;
  return 2 * (shared / Math.max(asked.size, heading.size, 1)) ** 2;
}

function isTable({ text }: ArticlePassage): boolean {
  return text.startsWith('|');
}

/** A short question has to be met nearly whole; of a long one, much is told around what is asked. */
function leastScore(words: number): number {
  return Math.max(0.35, 0.55 - 0.04 * Math.max(0, words - 2));
}

function lookUp(index: MiniSearch, stem: string): Finding {
  const hits = new Map<number, Hit>();
  collect(hits, index.search(stem), CERTAINTY.same);
  if (stem.length >= 4) collect(hits, index.search(stem, { prefix: true }), CERTAINTY.longer);
  for (const synonym of synonymsOf(stem)) collect(hits, index.search(synonym), CERTAINTY.synonym);
  // Only a word that means nothing here is taken for a misspelt one.
  if (hits.size === 0 && stem.length >= 5) {
    collect(hits, index.search(stem, { fuzzy: stem.length >= 8 ? 2 : 1, prefix: true }), CERTAINTY.misspelt);
  }
  return { hits, weight: weightOf(hits.size, index.documentCount) };
}

function collect(hits: Map<number, Hit>, results: ReturnType<MiniSearch['search']>, certainty: number): void {
  for (const { id, score } of results) {
    const rank = score * certainty;
    const known = hits.get(id);
    if (known === undefined) hits.set(id, { rank, certainty });
    // A passage that says it in several words is more about it than one that says it in one.
    else
      hits.set(id, {
        rank: Math.max(known.rank, rank) + REPETITION * Math.min(known.rank, rank),
        certainty: known.certainty,
      });
  }
}

/** The inverse document frequency of BM25, limited so that one odd word does not outweigh all others. */
function weightOf(found: number, documents: number): number {
  const frequency = Math.max(found, 2, documents * 0.02);
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
