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
export function createEmphasisStack() {
  const root: Inline[] = [];
  const stack: Open[] = [];
  const top = () => stack.at(-1)?.children ?? root;

  function add(inline: Inline, length: number): number {
    top().push(inline);
    return length;
  }

  function addText(text: string, length: number): number {
    const last = top().at(-1);
    if (last?.type === 'text') top()[top().length - 1] = { type: 'text', text: last.text + text };
    else top().push({ type: 'text', text });
    return length;
  }

  /** A mark that found no end is text, and what came after it belongs to the level below. */
  function abandon(): void {
    const open = stack.pop();
    if (open === undefined) return;
    addText(open.mark, 0);
    top().push(...open.children);
  }

  function close(index: number): void {
    while (stack.length > index + 1) abandon();
    const open = stack.pop();
    if (open !== undefined) add({ type: typeOf(open.mark), children: open.children }, 0);
  }

  function closeAll(character: string, length: number): number {
    const same = stack.findLastIndex(({ mark }) => mark === character.repeat(length));
    const index = same >= 0 ? same : stack.findLastIndex(({ mark }) => character.repeat(length).startsWith(mark));
    if (index < 0) return length;
    const closed = stack[index]?.mark.length ?? 0;
    close(index);
    return closed < length ? closeAll(character, length - closed) : 0;
  }

  function open(character: string, length: number): void {
    if (length >= 2) stack.push({ mark: character.repeat(2), children: [] });
    if (length % 2 === 1) stack.push({ mark: character, children: [] });
  }

  return {
    /** Adds a part and answers `length`, the number of characters it stands for. */
    add,
    addText,
    /** Takes the run of marks at `at` and answers its length. */
    takeMarks(source: string, at: number): number {
      const character = source[at] ?? '';
      let length = 1;
      while (source[at + length] === character) length++;
      if (length > LONGEST_MARK || (character === '~' && length !== 2))
        return addText(character.repeat(length), length);
      const { canOpen, canClose } = sidesOf(character, source[at - 1], source[at + length]);
      const left = canClose ? closeAll(character, length) : length;
      if (left > 0 && canOpen && stack.length < DEEPEST) open(character, left);
      else if (left > 0) addText(character.repeat(left), 0);
      return length;
    },
    finish(isGrowing: boolean): readonly Inline[] {
      while (stack.length > 0) {
        if (isGrowing) close(stack.length - 1);
        else abandon();
      }
      return root;
    },
  };
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
