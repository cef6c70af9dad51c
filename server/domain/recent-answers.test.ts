import { expect, test, vi } from 'vitest';
import { createRecentAnswers } from './recent-answers.ts';

function createFixture({ maxEntries = 10 } = {}) {
  let time = 0;
  const ask = vi.fn(async (question: string) => `${question} ${ask.mock.calls.length}`);
  const answers = createRecentAnswers({
    ask,
    keyOf: (question: string) => question,
    maxAgeMs: 5_000,
    maxEntries,
    clock: { now: () => new Date(time) },
  });
  return { ask, answers, passMs: (ms: number) => (time += ms) };
}

test('asks once for everybody who asks within the time', async () => {
  const { ask, answers, passMs } = createFixture();
  const [one, other] = await Promise.all([answers.get('a'), answers.get('a')]);
  passMs(4_999);
  expect([one, other, await answers.get('a')]).toEqual(['a 1', 'a 1', 'a 1']);
  expect(ask).toHaveBeenCalledTimes(1);
});

test('asks again when the answer was asked for five seconds ago', async () => {
  const { answers, passMs } = createFixture();
  await answers.get('a');
  passMs(5_000);
  expect(await answers.get('a')).toBe('a 2');
});

test('counts the age from the question, not from a late answer', async () => {
  const { ask, answers, passMs } = createFixture();
  let answerLate: (text: string) => void = () => {};
  ask.mockImplementationOnce(() => new Promise((resolve) => (answerLate = resolve)));
  const late = answers.get('a');
  passMs(5_000);
  answerLate('late');
  expect(await late).toBe('late');
  expect(await answers.get('a')).toBe('a 2');
});

test('does not remember a failure', async () => {
  const { ask, answers } = createFixture();
  ask.mockRejectedValueOnce(new Error('down'));
  await expect(answers.get('a')).rejects.toThrow('down');
  expect(await answers.get('a')).toBe('a 2');
});

test('forgets what it is told to forget and nothing else', async () => {
  const { answers } = createFixture();
  await answers.get('a');
  await answers.get('b');
  answers.forget((question) => question === 'a');
  expect(await answers.get('a')).toBe('a 3');
  expect(await answers.get('b')).toBe('b 2');
});

test('drops the oldest answer when there are too many', async () => {
  const { answers } = createFixture({ maxEntries: 2 });
  for (const question of ['a', 'b', 'c']) await answers.get(question);
  expect(await answers.get('c')).toBe('c 3');
  expect(await answers.get('a')).toBe('a 4');
});
