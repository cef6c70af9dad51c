import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacedSend } from './paced-send.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('sends at once what comes alone', () => {
  const sent: number[] = [];
  const send = createPacedSend<number>((value) => sent.push(value), Date.now);
  send(1);
  expect(sent).toEqual([1]);
  vi.advanceTimersByTime(1_000);
  send(2);
  expect(sent).toEqual([1, 2]);
});

test('sends fewer than 50 a second, and the last in any case', () => {
  const sent: number[] = [];
  const send = createPacedSend<number>((value) => sent.push(value), Date.now);
  for (let at = 0; at < 1_000; at += 5) {
    send(at);
    vi.advanceTimersByTime(5);
  }
  expect(sent.length).toBeLessThan(50);
  vi.advanceTimersByTime(100);
  expect(sent.at(-1)).toBe(995);
});
