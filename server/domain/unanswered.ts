import type { Logger } from 'pino';
import { LONGEST_UNANSWERED, type Unanswered } from '../../shared/unanswered-api.ts';
import type { Clock } from '../gateways/clock.ts';
import { contentWordsOf, wordsOf } from '../gateways/knowledge/words.ts';
import { type addUnanswered, dropUnanswered, findUnanswered } from '../store/unanswered.ts';
import type { AdminCaller } from './admin-caller.ts';
import { requireAdminWidget } from './admin-widget.ts';
import { namedUuid } from './named-uuid.ts';
import { isPreview } from './preview-widget.ts';
import type { VisitorCaller } from './widget.ts';

export type UnansweredQuestions = {
  /**
   * Keeps a question for which no passage was found, unless it is none, such as "Hello", or is asked in a preview. Never
   * throws, and nobody waits for it.
   */
  note(caller: Pick<VisitorCaller, 'widget' | 'origin'>, question: string): void;
  /** Resolves when everything that was noted is stored, or could not be. */
  stop(): Promise<void>;
};

type Parts = {
  readonly addUnanswered: typeof addUnanswered;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
};

export function createUnansweredQuestions({ addUnanswered, clock, log }: Parts): UnansweredQuestions {
  const writing = new Set<Promise<void>>();
  return {
    note({ widget, origin }, text) {
      if (isPreview(widget.id) || contentWordsOf(text).length === 0) return;
      const question = [...text.replaceAll(/\s+/g, ' ').trim()].slice(0, LONGEST_UNANSWERED).join('');
      const id = namedUuid('unanswered', widget.id, wordsOf(question).join(' '));
      const write = addUnanswered({ id, widgetId: widget.id, question, origin, lastAskedAt: clock.now() })
        .catch((err) => log.warn({ err }, 'A question that nothing was found for could not be kept'))
        .finally(() => writing.delete(write));
      writing.add(write);
    },
    async stop() {
      await Promise.all(writing);
    },
  };
}

/** What visitors asked and no article says, the latest first. Throws AppError `WIDGET_NOT_FOUND`. */
export async function readUnanswered(caller: AdminCaller, limit: number): Promise<Unanswered> {
  const { id: widgetId } = await requireAdminWidget(caller);
  const questions = await findUnanswered(widgetId, limit);
  return {
    questions: questions.map(({ _id: id, lastAskedAt, ...question }) => ({
      id,
      ...question,
      lastAskedAt: lastAskedAt.toISOString(),
    })),
  };
}

/** Forgets a question, if it is one of the widget's. Throws AppError `WIDGET_NOT_FOUND`. */
export async function deleteUnanswered(caller: AdminCaller, id: string): Promise<void> {
  const { id: widgetId } = await requireAdminWidget(caller);
  await dropUnanswered(widgetId, id);
}
