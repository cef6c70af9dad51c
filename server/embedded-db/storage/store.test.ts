import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type ReadView, type Store } from './store.ts';

const key = (text: string) => Buffer.from(text);
let directory: string;
let store: Store;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'store-'));
  store = openStore(join(directory, 'store.mdb'));
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const read = (view: ReadView, name: string) => view.get('records', key(name))?.toString();
const put = (name: string, value: string) => store.write((view) => view.put('records', key(name), key(value)));

it('keeps nothing of a write that throws, and all of those beside it', async () => {
  const results = await Promise.allSettled([
    put('a', '1'),
    store.write((view) => {
      view.put('records', key('b'), key('2'));
      view.remove('records', key('a'));
      throw new Error('on purpose');
    }),
    put('c', '3'),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(store.read((view) => ['a', 'b', 'c'].map((name) => read(view, name)))).toEqual(['1', undefined, '3']);
});

it('shows a write what it has written itself, and nobody else before it is done', async () => {
  const writing = store.write((view) => {
    view.put('records', key('a'), key('1'));
    return read(view, 'a');
  });
  expect(store.read((view) => read(view, 'a'))).toBeUndefined();
  expect(await writing).toBe('1');
  expect(store.read((view) => read(view, 'a'))).toBe('1');
});

it('keeps a snapshot as it was while writes go on', async () => {
  await put('a', '1');
  await store.snapshot(async (view) => {
    await put('a', '2');
    await put('b', '2');
    expect([read(view, 'a'), read(view, 'b')]).toEqual(['1', undefined]);
    expect(store.read((now) => read(now, 'a'))).toBe('2');
  });
});

it('walks and counts ranges in both directions, without their end', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await put(name, name);
  const range = { start: key('b'), end: key('d') };
  const names = (reverse: boolean) =>
    store.read((view) => Array.from(view.range('records', { ...range, reverse }), ({ value }) => value.toString()));
  expect([names(false), names(true)]).toEqual([
    ['b', 'c'],
    ['c', 'b'],
  ]);
  expect(store.read((view) => view.count('records', range))).toBe(2);
});

it('is still there after it was closed and opened', async () => {
  await put('a', '1');
  await store.close();
  store = openStore(join(directory, 'store.mdb'));
  expect(store.read((view) => read(view, 'a'))).toBe('1');
});
