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
  await list.older();
  expect([list.rows.value, list.hasOlder.value]).toEqual([['a', 'b'], true]);
  await list.older();
  await list.older();
  expect([list.rows.value, list.hasOlder.value, list.newerParts.value]).toEqual([['c'], false, 1]);
});

test('goes back and forth without asking again', async () => {
  let asked = 0;
  const list = createPagedList((cursor: string | undefined) => {
    asked++;
    return partOf(cursor);
  });
  await list.older();
  await list.older();
  list.newer();
  list.newer();
  expect([list.rows.value, list.hasOlder.value, list.newerParts.value]).toEqual([['a', 'b'], true, 0]);
  await list.older();
  expect([list.rows.value, asked]).toEqual([['c'], 2]);
});

test('asks once for a part, however often it is wanted', async () => {
  let asked = 0;
  const list = createPagedList(async () => {
    asked++;
    return { rows: [asked], next: null };
  });
  await Promise.all([list.older(), list.older()]);
  expect([asked, list.rows.value]).toEqual([1, [1]]);
});

test('keeps what it has when a part fails, and can be asked again', async () => {
  let isDown = false;
  const list = createPagedList(async (cursor: string | undefined) => {
    if (isDown) throw new Error('down');
    return partOf(cursor);
  });
  await list.older();
  isDown = true;
  await list.older();
  expect(list.error.value).toEqual(new Error('down'));
  expect(list.rows.value).toEqual(['a', 'b']);
  isDown = false;
  await list.older();
  expect([list.rows.value, list.error.value]).toEqual([['c'], undefined]);
});
