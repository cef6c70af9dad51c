import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { createDraft } from './draft.ts';
import { keepDraft } from './kept-draft.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function keep(hasCopy = false) {
  const draft = createDraft({ settings: DEFAULT_SETTINGS, version: 3 });
  const put = vi.fn(() => Promise.resolve());
  const remove = vi.fn(() => Promise.resolve());
  const kept = keepDraft({ draft, put, remove });
  kept.begin(hasCopy);
  const radius = (pixels: number) => draft.edit('theme', (now) => ({ ...now, radius: pixels }));
  return { draft, put, remove, kept, radius };
}

const SOON_MS = 1_000;

describe('the copy of a draft', () => {
  test('is made once typing pauses, of the latest', async () => {
    const { put, radius, draft } = keep();
    radius(1);
    radius(2);
    expect(put).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(put).toHaveBeenCalledExactlyOnceWith({ baseVersion: 3, settings: draft.settings.value });
  });

  test('goes when nothing is changed any more', async () => {
    const { put, remove, radius } = keep();
    radius(1);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    radius(DEFAULT_SETTINGS.theme.radius);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect([put.mock.calls.length, remove.mock.calls.length]).toEqual([1, 1]);
  });

  test('is not touched while nothing is edited', async () => {
    const { put, remove } = keep();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([put.mock.calls.length, remove.mock.calls.length]).toEqual([0, 0]);
  });

  test('waits while an older one is to be decided on', async () => {
    const draft = createDraft({ settings: DEFAULT_SETTINGS, version: 3 });
    const put = vi.fn(() => Promise.resolve());
    const kept = keepDraft({ draft, put, remove: () => Promise.resolve() });
    draft.edit('theme', (now) => ({ ...now, radius: 1 }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(put).not.toHaveBeenCalled();
    kept.begin(true);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(put).toHaveBeenCalledTimes(1);
  });

  test('is tried again after a failure', async () => {
    const { put, radius } = keep();
    put.mockRejectedValueOnce(new Error('no connection'));
    radius(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(put).toHaveBeenCalledTimes(2);
  });

  test('is there for a preview though nothing was changed, and stays', async () => {
    const { put, remove, kept, radius } = keep();
    await kept.hold();
    expect(put).toHaveBeenCalledExactlyOnceWith({ baseVersion: 3, settings: DEFAULT_SETTINGS });
    radius(1);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    radius(DEFAULT_SETTINGS.theme.radius);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect([put.mock.calls.length, remove.mock.calls.length]).toEqual([3, 0]);
  });

  test('tells a preview when it cannot be made', async () => {
    const { put, kept } = keep();
    put.mockRejectedValueOnce(new Error('no connection'));
    await expect(kept.hold()).rejects.toThrow('no connection');
  });
});
