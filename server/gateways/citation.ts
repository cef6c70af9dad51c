import type { Citation } from '../../shared/chat.ts';
import { plainText } from './knowledge/plain-text.ts';
import type { Passage } from './model-gateway.ts';

const LONGEST_TITLE = 200;
const LONGEST_EXCERPT = 500;
const LONGEST_URL = 2_000;

/** The passage as a source that the text of a reply refers to by `number`. */
export function toCitation({ articleTitle, headings, text, url }: Passage, number: number): Citation {
  const title = [articleTitle, ...headings.slice(-1)].map(plainText).join(' › ');
  return {
    number,
    title: shorten(title, LONGEST_TITLE),
    excerpt: shorten(plainText(text), LONGEST_EXCERPT),
    ...(url !== undefined && url.length <= LONGEST_URL && { url }),
  };
}

/** At most `longest` UTF-16 code units, whole characters, cut between words where there is a space to cut at. */
function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const beginning = text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '');
  const lastSpace = beginning.lastIndexOf(' ');
  return `${lastSpace > longest / 2 ? beginning.slice(0, lastSpace) : beginning}…`;
}
