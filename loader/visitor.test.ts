import { expect, test, vi } from 'vitest';
import { createVisitor } from './visitor.ts';

function arrange() {
  const tell = vi.fn();
  const [visitor, hear] = createVisitor(tell);
  /** A frame that asks; answers what it is told. */
  const ask = (): unknown[] => {
    const told: unknown[] = [];
    hear((message) => void told.push(message));
    return told;
  };
  // As scripts call it that were written without types.
  const loose: Record<string, (given?: unknown) => void> = { ...visitor } as never;
  return { visitor, loose, hear, ask, tell };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const token = (jwt: string) => ({ t: 'identity', jwt });

test('tells a frame that asks what was said before, and what is said later at once', async () => {
  const { visitor, ask } = arrange();
  visitor.identify('a.b.c');
  visitor.setContext(['Page: jacket']);
  const told = ask();
  await settled();
  expect(told).toEqual([{ t: 'context', lines: ['Page: jacket'] }, token('a.b.c')]);
  visitor.identify('d.e.f');
  await settled();
  visitor.setContext([]);
  expect(told.slice(2)).toEqual([token('d.e.f'), { t: 'context', lines: [] }]);
});

test('asks a function for a token only when there is a frame, and again for each', async () => {
  const { visitor, hear, ask } = arrange();
  const make = vi.fn(async () => `a.b.${make.mock.calls.length}`);
  visitor.identify(make);
  await settled();
  expect(make).not.toHaveBeenCalled();
  const first = ask();
  await settled();
  hear();
  const second = ask();
  await settled();
  expect([first, second]).toEqual([[token('a.b.1')], [token('a.b.2')]]);
});

test('says nothing to a frame that has gone', async () => {
  const { visitor, hear, ask } = arrange();
  const told = ask();
  hear();
  visitor.identify('a.b.c');
  visitor.setContext(['x']);
  visitor.logout();
  await settled();
  expect(told).toEqual([]);
});

test('forgets at a logout what was said, tells it to one frame, and then what was said since', async () => {
  const { visitor, hear, ask } = arrange();
  visitor.identify('a.b.c');
  visitor.setContext(['Ann']);
  visitor.logout();
  visitor.identify('d.e.f');
  const first = ask();
  await settled();
  hear();
  const second = ask();
  await settled();
  expect([first, second]).toEqual([[{ t: 'logout' }, token('d.e.f')], [token('d.e.f')]]);
});

test('drops a token that comes after a logout, or after another token', async () => {
  const { visitor, ask } = arrange();
  const told = ask();
  let give: (jwt: string) => void = () => {};
  visitor.identify(() => new Promise((resolve) => (give = resolve)));
  visitor.logout();
  give('a.b.c');
  await settled();
  expect(told).toEqual([{ t: 'logout' }]);
});

test.each([
  ['identify', 'nothing', undefined],
  ['identify', 'null', null],
  ['identify', 'a number', 42],
  ['identify', 'an empty text', ''],
  ['identify', 'a text that cannot be a token', 'not a token'],
  ['identify', 'an object', {}],
  ['identify', 'a token of 10 KB', 'a'.repeat(10_240)],
  ['setContext', 'nothing', undefined],
  ['setContext', 'null', null],
  ['setContext', 'a text', 'Page: jacket'],
  ['setContext', 'a number in it', [1]],
  ['setContext', 'null in it', ['x', null]],
  ['setContext', 'holes', Array(3)],
  ['setContext', 'eleven texts', Array(11).fill('x')],
  ['setContext', 'too much text', ['x'.repeat(2_048), 'x']],
  ['setContext', 'what only looks like a list', { 0: 'x', length: 1 }],
])('%s with %s is told once, throws nothing, and changes nothing', async (name, _what, given) => {
  const { visitor, loose, ask, tell } = arrange();
  visitor.identify('a.b.c');
  visitor.setContext(['x']);
  expect(() => loose[name]?.(given)).not.toThrow();
  expect(tell.mock.calls).toEqual([['VISITOR_REFUSED']]);
  const told = ask();
  await settled();
  expect(told).toEqual([{ t: 'context', lines: ['x'] }, token('a.b.c')]);
});

test.each([
  ['throws', () => expect.fail('No session')],
  ['rejects', () => Promise.reject(new Error('No session'))],
  ['answers no token', () => ({ token: 'a.b.c' }) as never],
  ['answers nothing', () => undefined as never],
])('a function that %s is told once, and asked again by the next frame', async (_what, make) => {
  const { visitor, ask, tell } = arrange();
  visitor.identify(make);
  const told = ask();
  await settled();
  expect([told, tell.mock.calls]).toEqual([[], [['VISITOR_REFUSED']]]);
  ask();
  await settled();
  expect(tell).toHaveBeenCalledTimes(2);
});
