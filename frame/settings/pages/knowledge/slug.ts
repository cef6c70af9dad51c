import { MOST_SLUG_CHARACTERS } from '../../../../shared/knowledge-api.ts';

/** Letters that are no other letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  þ: 'th',
  ð: 'd',
  ı: 'i',
};

/**
 * The name of an article in its address, made of its title: "Öffnungszeiten & Preise" is `offnungszeiten-preise`.
 * `article` if no letter of the title can stand in an address.
 */
export function slugOf(title: string): string {
  const plain = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđłþðı]/g, (letter) => LETTERS[letter] ?? letter);
  return trimTo(plain.replace(/[^a-z0-9]+/g, '-'), MOST_SLUG_CHARACTERS);
}

/** `slug` if nothing is called so, else `slug-2` and so on. */
export function freeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(slug)) return slug;
  for (let number = 2; ; number++) {
    const end = `-${number}`;
    const next = `${trimTo(slug, MOST_SLUG_CHARACTERS - end.length)}${end}`;
    if (!isTaken(next)) return next;
  }
}

function trimTo(text: string, most: number): string {
  const slug = text
    .slice(0, most + 1)
    .replace(/^-+/, '')
    .slice(0, most)
    .replace(/-+$/, '');
  // `/knowledge/unanswered` is something else than an article.
  return slug === '' ? 'article' : slug === 'unanswered' ? 'unanswered-questions' : slug;
}
