const LONGEST_TITLE = 60;

/** The beginning of a message on one line, cut between words where it is longer than a title may be. */
export function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  if (characters.length <= LONGEST_TITLE) return line;
  const beginning = characters.slice(0, LONGEST_TITLE).join('');
  const lastSpace = beginning.lastIndexOf(' ');
  return `${lastSpace > LONGEST_TITLE / 2 ? beginning.slice(0, lastSpace) : beginning}…`;
}
