const IMAGE = /!\[([^\]]*)\]\([^)]*\)/g;
const LINK = /\[([^\]]+)\]\(([^)\s]*)[^)]*\)/g;

/** Markdown as it can be quoted elsewhere: images become their text, and so do links that only work where they stood. */
export function quotable(markdown: string): string {
  return markdown
    .replace(IMAGE, '$1')
    .replace(LINK, (link, label: string, target: string) => (/^(https?:\/\/|mailto:)/i.test(target) ? link : label));
}

/** What a reader of the rendered Markdown would read, on one line. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^ {0,3}(`{3,}|~{3,}).*$/gm, '')
    .replace(/^\s*\|?(\s*:?-{3,}:?\s*\|?)+$/gm, '')
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(/^\s*([-*+]|\d{1,9}[.)]|#{1,6}|>)\s+/gm, '')
    .replace(/\s*\|\s*/g, ' ')
    .replace(/[*`]+|(?<!\w)_+|_+(?!\w)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
