import { Parser } from 'htmlparser2';
import { type Element, endElement, flush, startElement } from './html-elements.ts';
import { escapeText } from './markdown-text.ts';

/** What a page says, as Markdown; without what nobody reads on it. */
export type ReadPage = { readonly title: string | undefined; readonly body: string };

/** Never part of what a page says. */
const DROPPED = new Set(
  'script style noscript template svg math iframe object embed canvas audio video select textarea button nav footer dialog'.split(
    ' ',
  ),
);

/** Deeper elements add nothing but their words, so that a hostile page costs no more than a long one. */
const DEEPEST = 40;

/**
 * Reads a page as Markdown (https://spec.commonmark.org). A parser in JavaScript, because the document's Trusted Types
 * policy lets no string become markup, not even in an inert document. If the page says what its main part is, only that
 * is read. Links that lead nowhere by themselves become their words.
 */
export function htmlToMarkdown(html: string): ReadPage {
  const root = startElement('root', {});
  const stack: Element[] = [root];
  let main: string | undefined;
  let title = '';
  let droppedDepth = 0;
  let tooDeep = 0;
  let isTitle = false;
  // The parser tells a text in pieces, and what one of them means depends on the next.
  let pending = '';

  function addPending(): void {
    if (isTitle) title += pending;
    else addText(stack.at(-1) ?? root, pending);
    pending = '';
  }

  const parser = new Parser({
    onopentag(tag, attributes) {
      addPending();
      if (droppedDepth > 0 || DROPPED.has(tag) || 'hidden' in attributes) droppedDepth++;
      else if (tag === 'title') isTitle = true;
      else if (stack.length > DEEPEST) tooDeep++;
      else stack.push(startElement(tag, attributes));
    },
    ontext(text) {
      if (droppedDepth === 0) pending += text;
    },
    onclosetag(tag) {
      addPending();
      if (droppedDepth > 0) droppedDepth--;
      else if (tag === 'title') isTitle = false;
      else if (tooDeep > 0) tooDeep--;
      else {
        const element = stack.pop();
        const parent = stack.at(-1);
        if (element === undefined || parent === undefined) return;
        if (tag === 'main') main ??= flush(element);
        endElement(element, parent, stack);
      }
    },
  });
  parser.write(html);
  parser.end();
  addPending();
  const words = title.replace(/\s+/g, ' ').trim();
  return { title: words === '' ? undefined : words, body: main || flush(root) };
}

function addText(element: Element, text: string): void {
  if (element.isRaw) {
    element.line += text;
    return;
  }
  const collapsed = text.replace(/[\t\n\f\r ]+/g, ' ');
  const isStart = element.line === '' || /\s$/.test(element.line);
  element.line += escapeText(isStart ? collapsed.replace(/^ /, '') : collapsed);
}
