/** What a growing text may end with that is not to be shown before it is known what it becomes. */
const UNSETTLED =
  /(?:!?\[[^\]\n]{0,200}(?:\](?:\([^)\s]{0,2000})?)?|<[a-z:/]{0,9}|[*_~`]{1,3}|\n[ \t]*(?:[-*+#>]{1,6}|\d{1,9}[.)]?)[ \t]*)$/;

const LONGEST_TAIL = 2_300;

/** `text` without an unsettled end: half a link, half a citation, marks that may open or close. */
export function withoutUnsettledEnd(text: string): string {
  const tail = text.slice(-LONGEST_TAIL);
  const unsettled = UNSETTLED.exec(tail);
  return unsettled === null ? text : text.slice(0, text.length - (tail.length - unsettled.index));
}
