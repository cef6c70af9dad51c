import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import type { KeyUse } from '../store/key-uses.ts';
import { createKeyUses } from './key-uses.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const clock = createMovingClock();
  const written: KeyUse[] = [];
  const state = { isDown: false };
  const onFailure = vi.fn();
  const add = async (uses: readonly KeyUse[]) => {
    if (state.isDown) throw new Error('down');
    written.push(...uses);
  };
  return { clock, written, state, onFailure, uses: createKeyUses({ add, clock, onFailure }) };
}

test('writes what was counted, together and later', async () => {
  const { clock, written, uses } = setUp();
  uses.note('w', 'k', 'https://a.example');
  clock.advance(1);
  uses.note('w', 'k', 'https://a.example');
  uses.note('w', 'k', 'https://b.example');
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written).toEqual([
    { widgetId: 'w', keyId: 'k', origin: 'https://a.example', lastUsedAt: clock.now(), count: 2 },
    { widgetId: 'w', keyId: 'k', origin: 'https://b.example', lastUsedAt: clock.now(), count: 1 },
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test('keeps what could not be written, and what comes meanwhile, for the next time', async () => {
  const { written, state, onFailure, uses } = setUp();
  state.isDown = true;
  uses.note('w', 'k', 'https://a.example');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(onFailure).toHaveBeenCalledOnce();
  uses.note('w', 'k', 'https://a.example');
  state.isDown = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written.map(({ count }) => count)).toEqual([2]);
});

test('writes the rest when it stops, and counts nothing after', async () => {
  const { written, uses } = setUp();
  uses.note('w', 'k', 'https://a.example');
  await uses.stop();
  expect(written).toHaveLength(1);
  uses.note('w', 'k', 'https://a.example');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(written).toHaveLength(1);
});

test('is bounded: of 30,000 sites at once 20,000 are counted', async () => {
  const { written, uses } = setUp();
  for (let number = 0; number < 30_000; number++) uses.note('w', 'k', `https://s${number}.shop.example`);
  await uses.flush();
  expect(written).toHaveLength(20_000);
});
