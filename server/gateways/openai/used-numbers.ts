/** Finds the numbers in square brackets that a text refers to, while the text is being written. */
export type UsedNumbers = {
  /** Takes the next piece of the text; answers the numbers from 1 to `most` that are complete now and were not before. */
  read(piece: string): readonly number[];
};

const MARKER = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;
/** What a marker may begin with that the next piece completes. */
const UNFINISHED = /\[[\d\s,]{0,40}$/;

export function createUsedNumbers(most: number): UsedNumbers {
  const used = new Set<number>();
  let rest = '';
  return {
    read(piece) {
      const text = rest + piece;
      rest = UNFINISHED.exec(text)?.[0] ?? '';
      const numbers = [...text.matchAll(MARKER)].flatMap(([, list = '']) => list.split(',').map(Number));
      return numbers.filter((number) => {
        const isNew = number >= 1 && number <= most && !used.has(number);
        used.add(number);
        return isNew;
      });
    },
  };
}
