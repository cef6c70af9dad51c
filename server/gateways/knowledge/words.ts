import { STOP_WORDS } from './stop-words.ts';

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
/** Scripts that write no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const MARKS = /\p{M}+/gu;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text in the order they come, lower case, without accents. */
export function wordsOf(text: string): readonly string[] {
  return (text.normalize('NFKD').replace(MARKS, '').match(WORD) ?? []).flatMap((word) =>
    UNSPACED.test(word) ? segmentsOf(word) : [word.toLowerCase().replace(/['’]/g, '')],
  );
}

/** The words that say what a question is about, in the order they come, each once. */
export function contentWordsOf(question: string): readonly string[] {
  return [...new Set(wordsOf(question))].filter(
    (word) => !STOP_WORDS.has(word) && (word.length > 1 || UNSPACED.test(word)),
  );
}

/**
 * The form under which a word is indexed and looked up: light stemming of English, so that "browsers" finds "browser",
 * "embedding" finds "embed" and "rotation" finds "rotate". It need not be a word, only the same for related ones.
 */
export function stemOf(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const singular = word
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  const base = singular
    .replace(/(?<=.{3})ing$|(?<=.{4})ed$/, '')
    .replace(/(?<=.{3})(at|ct|it)ion$/, '$1')
    .replace(/(?<=.{3})ment$/, '');
  const single = base === singular ? base : base.replace(/([bdfgklmnprt])\1$/, '$1');
  return single.length > 4 ? single.replace(/e$/, '') : single;
}

function segmentsOf(text: string): readonly string[] {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}
