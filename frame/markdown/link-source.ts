/** What a link points at as it is written, and how many characters say so. */
export type LinkSource = { readonly href: string; readonly length: number };

const DESTINATION =
  /\([ \t]*(?:<([^<>\n]{0,2000})>|([^\s<>()]{0,2000}(?:\([^\s<>()]{0,2000}\)[^\s<>()]{0,2000}){0,8}))(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?[ \t]*\)/y;
const REFERENCE = /\[[^\]\n]{0,200}\]/y;
const BRACKETED = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/y;
const BARE = /https?:\/\/[^\s<>"`]{1,2000}/y;

/** Reads `(https://example.com "title")` at `at`. The title is dropped: a link says where it goes by itself. */
export function readDestination(source: string, at: number): LinkSource | undefined {
  const match = matchAt(DESTINATION, source, at);
  if (match === null) return undefined;
  return { href: match[1] ?? match[2] ?? '', length: match[0].length };
}

/** The length of a reference such as `[logo]` at `at`, or 0. References are never resolved. */
export function measureReference(source: string, at: number): number {
  return matchAt(REFERENCE, source, at)?.[0].length ?? 0;
}

/** Reads `<https://example.com>` or a bare `https://example.com` at `at`. */
export function readAutolink(source: string, at: number): LinkSource | undefined {
  if (source[at] === '<') {
    const match = matchAt(BRACKETED, source, at);
    return match === null ? undefined : { href: match[1] ?? '', length: match[0].length };
  }
  const match = matchAt(BARE, source, at);
  if (match === null) return undefined;
  const href = trimSentenceEnd(match[0]);
  return { href, length: href.length };
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** What ends a sentence is not part of the address in it, nor is a bracket the address did not open. */
function trimSentenceEnd(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? '';
    const isUnopened = last === ')' && !address.slice(0, end - 1).includes('(');
    if (!isUnopened && !'.,;:!?*_~\'"]}'.includes(last)) break;
  }
  return address.slice(0, end);
}
