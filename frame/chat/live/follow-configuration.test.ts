import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Configuration } from '../../../shared/configuration.ts';
import { DEMO_CONFIGURATION } from '../../../test/browser/frame/demo-configuration.ts';
import { followConfiguration } from './follow-configuration.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const version = (number: number): Configuration => ({ ...DEMO_CONFIGURATION, version: number });

function arrange({ isOpen = true, answer = async (): Promise<Configuration | undefined> => undefined } = {}) {
  const current = signal(version(5));
  const isShown = signal(isOpen);
  const read = vi.fn(answer);
  const take = vi.fn((configuration: Configuration) => {
    current.value = configuration;
  });
  followConfiguration({ current, isShown, read, take });
  return { isShown, read, take };
}

test('a panel that can be seen asks every four seconds, with what it knows', async () => {
  const { read, take } = arrange();
  await vi.advanceTimersByTimeAsync(3_999);
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(read.mock.calls).toEqual([[version(5)]]);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(read).toHaveBeenCalledTimes(3);
  expect(take).not.toHaveBeenCalled();
});

test('what is newer is taken over', async () => {
  const { read, take } = arrange({ answer: async () => version(6) });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(take.mock.calls).toEqual([[version(6)]]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(read).toHaveBeenLastCalledWith(version(6));
});

test('what is older, because another server has not heard yet, is not', async () => {
  const { take } = arrange({ answer: async () => version(4) });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(take).not.toHaveBeenCalled();
});

test('a panel that nobody can see asks for nothing, and at once when it is seen again', async () => {
  const { isShown, read } = arrange({ isOpen: false });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).not.toHaveBeenCalled();
  isShown.value = true;
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveBeenCalledTimes(1);
  isShown.value = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
});

test('opening and closing over and over does not ask more often', async () => {
  const { isShown, read } = arrange();
  for (let times = 0; times < 20; times++) {
    isShown.value = !isShown.value;
    await vi.advanceTimersByTimeAsync(400);
  }
  expect(read).toHaveBeenCalledTimes(2);
});

test('after a failure it is asked again', async () => {
  const { read } = arrange({
    answer: async () => {
      throw new TypeError('The network is away');
    },
  });
  await vi.advanceTimersByTimeAsync(8_000);
  expect(read).toHaveBeenCalledTimes(2);
});
