import * as strings from '../../ui/strings.ts';
import type { ReplyState } from '../exchange.ts';
import type { Block } from '../markdown/block.ts';
import { plainText } from '../markdown/inline.ts';
import { parseBlocks } from '../markdown/parse-blocks.ts';
import { parseInline } from '../markdown/parse-inline.ts';
import { visibleText } from '../markdown/visible-text.ts';

/** What a screen reader says when a reply has ended: its words without marks, and how it ended if not well. */
export function describeReply(reply: ReplyState): string {
  const words = parseBlocks(visibleText(reply.text).split('\n')).map(wordsOf).join('\n');
  return [words, ...(failureOf(reply) ?? [])].join('\n').trim();
}

/** What went wrong with a reply, and what it means; `undefined` if nothing did. */
export function failureOf({ status, failureCode }: ReplyState): readonly [string, string] | undefined {
  if (status === 'unsent' || status === 'lost') return strings.failures[status];
  if (status === 'interrupted') return strings.failures.INTERRUPTED;
  return status === 'failed' ? strings.failures[failureCode ?? 'MODEL_ERROR'] : undefined;
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
