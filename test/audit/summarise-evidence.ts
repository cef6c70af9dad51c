import type { Attempted } from './compose-report.ts';
import type { Evidence } from './evidence.ts';

const MOST_LINES = 4;
const MOST_CHARACTERS = 220;
/** `[] toEqual []` says little beside a line of the wire. */
const TELLING_CHARACTERS = 16;

/** What was seen of a case in a few lines: how much held, which answers the server gave, what the browser said. */
export function summariseEvidence(attempts: readonly Attempted[]): string[] {
  const passed = attempts.filter(({ result }) => result === 'passed').length;
  const assertions = attempts.reduce((sum, { evidence }) => sum + evidence.assertionCount, 0);
  const observations = attempts.flatMap(({ evidence }) => evidence.observations);
  return [
    `${passed} of ${attempts.length} attempts went as expected; ${assertions} assertions held`,
    ...describeAnswers(observations.filter(({ kind }) => kind === 'exchange').map(({ text }) => text)),
    ...describeRest(attempts),
    ...mostFrequent(observations.filter(({ kind }) => kind !== 'exchange').map(({ text }) => shorten(text))),
  ];
}

/** Of one attempt the few lines that tell most: what went over the wire or the console, and the richest assertions. */
export function chooseLines({ observations, assertions }: Evidence): string[] {
  const seen = [...new Set(observations.map(({ text }) => shorten(text)))];
  const held = assertions.map(({ matcher, observed, expected }) =>
    `${shorten(observed)} ${matcher} ${shorten(expected.join(', '))}`.trim(),
  );
  const richest = [...new Set(held)].sort((one, other) => other.length - one.length);
  const telling = richest.filter((line) => line.length >= TELLING_CHARACTERS);
  return seen.length + telling.length === 0 ? richest.slice(0, 1) : [...seen.slice(-3), ...telling.slice(0, 2)];
}

/** Answers by method and status, such as `GET 403 (12 times)`. */
function describeAnswers(exchanges: readonly string[]): string[] {
  const answers = exchanges.map((text) => {
    const [method = ''] = text.split(' ', 1);
    const [, status = '?'] = / -> (\d+)/.exec(text) ?? [];
    return `${method} ${status}`;
  });
  if (answers.length === 0) return [];
  return [
    `answers: ${countEach(answers)
      .map(([answer, times]) => `${answer} (${times} times)`.replace('1 times', 'once'))
      .join(', ')}`,
  ];
}

/** Of an attempt that saw very much only the beginning is kept. */
function describeRest(attempts: readonly Attempted[]): string[] {
  const rest = attempts.reduce(
    (sum, { evidence }) => sum + evidence.observationCount - evidence.observations.length,
    0,
  );
  return rest === 0 ? [] : [`and ${rest} more requests or lines of the console, which were not kept`];
}

function mostFrequent(lines: readonly string[]): string[] {
  return countEach(lines)
    .slice(0, MOST_LINES)
    .map(([line]) => line);
}

function countEach(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}
