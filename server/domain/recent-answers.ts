import type { Clock } from '../gateways/clock.ts';

export type RecentAnswers<Question, Answer> = {
  /** An answer that was asked for at most `maxAgeMs` ago. Whoever asks at the same time shares one lookup. */
  get(question: Question): Promise<Answer>;
  /** Forgets the answers to every question that `matches`. */
  forget(matches: (question: Question) => boolean): void;
};

type Options<Question, Answer> = {
  readonly ask: (question: Question) => Promise<Answer>;
  /** Two questions with the same key are the same question. */
  readonly keyOf: (question: Question) => string;
  readonly maxAgeMs: number;
  readonly maxEntries: number;
  readonly clock: Clock;
};

/**
 * Remembers answers for a short time. An answer's age counts from the moment it was asked for, so a change is seen no
 * later than `maxAgeMs` after it was made. A failure is not remembered. The oldest answer makes room for a new one.
 */
export function createRecentAnswers<Question, Answer>({
  ask,
  keyOf,
  maxAgeMs,
  maxEntries,
  clock,
}: Options<Question, Answer>): RecentAnswers<Question, Answer> {
  const entries = new Map<string, { question: Question; askedAt: number; answer: Promise<Answer> }>();

  function askAndRemember(question: Question, key: string): Promise<Answer> {
    const entry = { question, askedAt: clock.now().getTime(), answer: ask(question) };
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    entry.answer.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return entry.answer;
  }

  return {
    get(question) {
      const key = keyOf(question);
      const entry = entries.get(key);
      const isRecent = entry !== undefined && clock.now().getTime() - entry.askedAt < maxAgeMs;
      return isRecent ? entry.answer : askAndRemember(question, key);
    },
    forget(matches) {
      for (const [key, { question }] of entries) if (matches(question)) entries.delete(key);
    },
  };
}
