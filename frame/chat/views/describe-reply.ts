import type { ReplyFailureCode } from '../../../shared/error-code.ts';
import type { Block } from '../../markdown/block.ts';
import { plainText } from '../../markdown/inline.ts';
import { parseBlocks } from '../../markdown/parse-blocks.ts';
import { parseInline } from '../../markdown/parse-inline.ts';
import { visibleText } from '../../markdown/visible-text.ts';
import type { Failure } from '../../ui/strings.ts';
import * as strings from '../../ui/strings.ts';
import type { ReplyState } from '../exchange.ts';

/** Nobody listens to more at once; the whole reply is there to be read. */
const MOST_SAID = 2_000;

/** What a screen reader says when a reply has ended: its words without marks, and how it ended if not well. */
export function describeReply(reply: ReplyState, ownWords = ''): string {
  const text = visibleText(reply.text).slice(0, MOST_SAID);
  const words = parseBlocks(text.split('\n')).map(wordsOf).join('\n');
  return [words, ...(failureOf(reply, ownWords) ?? [])].join('\n').trim();
}

/** These say something the visitor can act on, so a company's own words do not take their place. */
const TELLING: readonly (ReplyFailureCode | undefined)[] = ['MODEL_REFUSED', 'REPLY_TOO_LONG'];

/**
 * What went wrong with a reply, and what it means; `undefined` if nothing did. `ownWords` are the company's for when no
 * answer comes, and may be empty.
 */
export function failureOf({ status, failureCode }: ReplyState, ownWords: string): Failure | undefined {
  if (status === 'unsent' || status === 'lost') return strings.failures[status];
  if (status === 'interrupted') return strings.failures.INTERRUPTED;
  if (status !== 'failed') return undefined;
  if (ownWords !== '' && !TELLING.includes(failureCode)) return [ownWords, ''];
  return strings.failures[failureCode ?? 'MODEL_ERROR'];
}

function wordsOf(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return plainText(parseInline(block.source));
    case 'code':
      return block.text;
    case 'quote':
      return block.blocks.map(wordsOf).join('\n');
    case 'list':
      return block.entries.map((entry) => entry.map(wordsOf).join('\n')).join('\n');
    case 'table':
      return [block.header, ...block.rows]
        .map((row) => row.map((cell) => plainText(parseInline(cell))).join(', '))
        .join('\n');
    case 'rule':
      return '';
    default:
      return block satisfies never;
  }
}
