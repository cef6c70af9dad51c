import { expect, it } from 'vitest';
import { createListSource } from './cursor-source.ts';
import { createCursors } from './cursors.ts';

const source = createListSource([]);
const MINUTE_MS = 60_000;

it('gives a cursor back to those who name its collection, and to nobody else', () => {
  const cursors = createCursors();
  const id = cursors.add({ namespace: 'a.b', source, isImmortal: false });
  expect(() => cursors.take(id, 'a.c')).toThrow(`cursor id ${id} not found`);
  expect(cursors.take(id, 'a.b').source).toBe(source);
  expect(() => cursors.take(id, 'a.b')).toThrow('not found');
});

it('kills only what is there', () => {
  const cursors = createCursors();
  const id = cursors.add({ namespace: 'a.b', source, isImmortal: false });
  expect([cursors.kill(id, 'a.c'), cursors.kill(id, 'a.b'), cursors.kill(id, 'a.b')]).toEqual([false, true, false]);
});

it('forgets what nobody asked for in ten minutes, but not what is never to be forgotten', () => {
  let now = 0;
  const cursors = createCursors(() => now);
  const idle = cursors.add({ namespace: 'a.b', source, isImmortal: false });
  const used = cursors.add({ namespace: 'a.b', source, isImmortal: false });
  const immortal = cursors.add({ namespace: 'a.b', source, isImmortal: true });
  now = 6 * MINUTE_MS;
  cursors.putBack(used, cursors.take(used, 'a.b'));
  now = 11 * MINUTE_MS;
  cursors.expire();
  expect(() => cursors.take(idle, 'a.b')).toThrow('not found');
  expect([cursors.take(used, 'a.b'), cursors.take(immortal, 'a.b')]).toHaveLength(2);
});
