import type MiniSearch from 'minisearch';
import type { Passage } from '../model-gateway.ts';
import type { ArticlePassage } from './split-article.ts';
import { synonymsOf } from './synonyms.ts';
import { stemOf } from './words.ts';

const MOST_PASSAGES = 6;
/** Beside a better one, a passage with less than this part of its rank only distracts. */
const LEAST_SHARE = 0.3;
/** What a word counts for that was found in other words, beside those that were found as they are. */
const REPETITION = 0.3;
/** A sentence is read more easily than a row. */
const TABLE_SHARE = 0.75;

/** How sure it is that the word that was found is the one that was meant. */
const CERTAINTY = { same: 1, longer: 0.8, synonym: 0.8, misspelt: 0.7 } as const;

/** A passage with what its ranking needs of it; its place in the list is its id in the index. */
export type IndexedPassage = { readonly passage: ArticlePassage; readonly headingStems: ReadonlySet<string> };

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
  passages: readonly IndexedPassage[],
  index: MiniSearch,
  { words, phrase }: Subject,
): readonly Passage[] {
  const findings = words.map((word) => lookUp(index, stemOf(word)));
  const total = sum(findings.map(({ weight }) => weight));
  const asked = new Set(phrase.map(stemOf));
  const found = new Set(findings.flatMap(({ hits }) => [...hits.keys()]));
  const ranked = [...found].flatMap((id) => {
    const indexed = passages[id];
    const score = sum(findings.map(({ hits, weight }) => weight * (hits.get(id)?.certainty ?? 0))) / total;
    if (indexed === undefined || score < leastScore(words.length)) return [];
    const rank = sum(findings.map(({ hits }) => hits.get(id)?.rank ?? 0)) * score * preference(indexed, asked);
    return [{ passage: { ...indexed.passage, score }, rank }];
  });
  ranked.sort((a, b) => b.rank - a.rank);
  const best = ranked[0]?.rank ?? 0;
  return ranked
    .filter(({ rank }) => rank >= best * LEAST_SHARE)
    .slice(0, MOST_PASSAGES)
    .map(({ passage }) => passage);
}

/** A short question has to be met nearly whole; of a long one, much is told around what is asked. */
function leastScore(words: number): number {
  return Math.max(0.35, 0.55 - 0.04 * Math.max(0, words - 2));
}

/** Up to 3 for a heading that is the question itself, hardly more than 1 for one that only shares a word with it. */
function preference({ passage, headingStems }: IndexedPassage, asked: ReadonlySet<string>): number {
  const shared = [...headingStems].filter((stem) => asked.has(stem)).length;
  const likeness = shared / Math.max(asked.size, headingStems.size, 1);
  return (1 + 2 * likeness ** 2) * (passage.text.startsWith('|') ? TABLE_SHARE : 1);
}

function lookUp(index: MiniSearch, stem: string): Finding {
  const hits = new Map<number, Hit>();
  for (const { id, score, terms } of index.search(stem, { prefix: stem.length >= 4 })) {
    const certainty = terms.includes(stem) ? CERTAINTY.same : CERTAINTY.longer;
    hits.set(id, { rank: score * certainty, certainty });
  }
  const synonyms = synonymsOf(stem);
  if (synonyms.length > 0) collect(hits, index.search(synonyms.join(' ')), CERTAINTY.synonym);
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
    else hits.set(id, { ...known, rank: Math.max(known.rank, rank) + REPETITION * Math.min(known.rank, rank) });
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
