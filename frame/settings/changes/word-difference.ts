import { diffWordsWithSpace } from 'diff/lib/diff/word.js';

export type Stretch = { readonly text: string; readonly kind: 'same' | 'added' | 'removed' };

/** How one text became another, word by word. Imported later: it brings the library. */
export function compareWords(before: string, after: string): readonly Stretch[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }));
}
