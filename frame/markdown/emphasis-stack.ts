import type { Inline } from './inline.ts';

type Open = { readonly mark: string; readonly children: Inline[] };

/** Emphasis inside emphasis: what would open deeper stays text, so unclosed marks cost a bounded amount. */
const DEEPEST = 10;
const LONGEST_MARK = 3;

/**
 * Collects the parts of a line and nests them where marks of emphasis open and close. It follows the intent of
 * https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, but lets a mark close after punctuation whatever
 * comes next, because text without spaces between words has no other way.
 */
export class EmphasisStack {
  readonly #root: Inline[] = [];
  readonly #open: Open[] = [];

  /** Adds a part and answers `length`, the number of characters it stands for. */
  add(inline: Inline, length: number): number {
    this.#top().push(inline);
    return length;
  }

  addText(text: string, length: number): number {
    const top = this.#top();
    const last = top.at(-1);
    if (last?.type === 'text') top[top.length - 1] = { type: 'text', text: last.text + text };
    else top.push({ type: 'text', text });
    return length;
  }

  /** Takes the run of marks at `at` and answers its length. */
  takeMarks(source: string, at: number): number {
    const character = source[at] ?? '';
    let length = 1;
    while (source[at + length] === character) length++;
    const isNoMark = length > LONGEST_MARK || (character === '~' && length !== 2);
    if (isNoMark) return this.addText(character.repeat(length), length);
    const { canOpen, canClose } = sidesOf(character, source[at - 1], source[at + length]);
    const left = canClose ? this.#closeAll(character, length) : length;
    if (left > 0 && canOpen && this.#open.length < DEEPEST) this.#openMarks(character, left);
    else if (left > 0) this.addText(character.repeat(left), 0);
    return length;
  }

  /** Ends the line. What is still open closes here if the line grows, and else was text all along. */
  finish(isGrowing: boolean): readonly Inline[] {
    while (this.#open.length > 0) {
      if (isGrowing) this.#close(this.#open.length - 1);
      else this.#abandon();
    }
    return this.#root;
  }

  #top(): Inline[] {
    return this.#open.at(-1)?.children ?? this.#root;
  }

  #openMarks(character: string, length: number): void {
    if (length >= 2) this.#open.push({ mark: character.repeat(2), children: [] });
    if (length % 2 === 1) this.#open.push({ mark: character, children: [] });
  }

  #closeAll(character: string, length: number): number {
    const same = this.#open.findLastIndex(({ mark }) => mark === character.repeat(length));
    const index = same >= 0 ? same : this.#open.findLastIndex(({ mark }) => character.repeat(length).startsWith(mark));
    if (index < 0) return length;
    const left = length - (this.#open[index]?.mark.length ?? length);
    this.#close(index);
    return left > 0 ? this.#closeAll(character, left) : 0;
  }

  #close(index: number): void {
    while (this.#open.length > index + 1) this.#abandon();
    const closed = this.#open.pop();
    if (closed !== undefined) this.add({ type: typeOf(closed.mark), children: closed.children }, 0);
  }

  /** A mark that found no end is text, and what came after it belongs to the level below. */
  #abandon(): void {
    const abandoned = this.#open.pop();
    if (abandoned === undefined) return;
    this.addText(abandoned.mark, 0);
    this.#top().push(...abandoned.children);
  }
}

function sidesOf(character: string, before = ' ', after = ' '): { canOpen: boolean; canClose: boolean } {
  const isInside = character === '_' && isWord(before) && isWord(after);
  return {
    canOpen: !isSpace(after) && !isInside && (isWord(after) || !isWord(before)),
    canClose: !isSpace(before) && !isInside,
  };
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

function typeOf(mark: string): 'strong' | 'emphasis' | 'strike' {
  if (mark === '~~') return 'strike';
  return mark.length === 2 ? 'strong' : 'emphasis';
}
