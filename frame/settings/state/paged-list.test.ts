import { expect, test } from 'vitest';
import { createPagedList } from './paged-list.ts';

const PARTS: Readonly<Record<string, { rows: string[]; next: string | null }>> = {
  first: { rows: ['a', 'b'], next: 'second' },
  second: { rows: ['c'], next: null },
};
const partOf = async (cursor: string | undefined) => {
  const part = PARTS[cursor ?? 'first'];
  if (part === undefined) throw new Error('no such part');
  return part;
};

test('comes part by part and knows its end', async () => {
  const list = createPagedList(partOf);
  await list.more();
  expect([list.rows.value, list.hasMore.value]).toEqual([['a', 'b'], true]);
  await list.more();
  await list.more();
  expect([list.rows.value, list.hasMore.value]).toEqual([['a', 'b', 'c'], false]);
});

test('asks once for a part, however often it is wanted', async () => {
  let asked = 0;
  const list = createPagedList(async () => {
    asked++;
    return { rows: [asked], next: null };
  });
  await Promise.all([list.more(), list.more()]);
  expect([asked, list.rows.value]).toEqual([1, [1]]);
});

test('keeps what it has when a part fails, and can be asked again', async () => {
  let isDown = false;
  const list = createPagedList(async (cursor: string | undefined) => {
    if (isDown) throw new Error('down');
    return partOf(cursor);
  });
  await list.more();
  isDown = true;
  await list.more();
  expect(list.error.value).toEqual(new Error('down'));
  expect(list.rows.value).toEqual(['a', 'b']);
  isDown = false;
  await list.more();
  expect(list.rows.value).toEqual(['a', 'b', 'c']);
});
