/**
 * Characters that change how text looks without being seen: directional controls, joiners without anything to join,
 * the byte order mark, invisible operators, control characters, and the tag block, in which whole sentences can hide.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Joiners keep their meaning after emoji and in scripts that join letters; elsewhere they are only invisible. */
const IDLE_JOINERS =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}])[\u200c\u200d]+/gu;

/** More marks on one letter than any language needs make a tower that is slow to draw and covers other lines. */
const MARK_TOWERS = /(\p{M}{6})\p{M}+/gu;

/** The longest text that is drawn; the server's own limit for a reply is the same number of bytes. */
const MOST_CHARACTERS = 65_536;

/** `text` as a reader may see it: what is said is what shows. Words are never changed. */
export function visibleText(text: string): string {
  const seen = text.replace(/\r\n?/g, '\n').replace(UNSEEN, '').replace(IDLE_JOINERS, '').replace(MARK_TOWERS, '$1');
  return seen.length > MOST_CHARACTERS ? `${seen.slice(0, MOST_CHARACTERS)}…` : seen;
}
