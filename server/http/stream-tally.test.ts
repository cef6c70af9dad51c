import { describe, expect, test } from 'vitest';
import { MOST_STREAMS, StreamTally } from './stream-tally.ts';

const ONE = { session: 's', address: '192.0.2.1', widget: 'w' };

describe.each(['session', 'address', 'widget'] as const)('the streams of one %s', (kind) => {
  const most = MOST_STREAMS[kind];
  const another = (number: number) => ({
    session: `s${number}`,
    address: `a${number}`,
    widget: `w${number}`,
    [kind]: ONE[kind],
  });

  test('are so many at most, and others have room', () => {
    const tally = new StreamTally();
    for (let number = 0; number < most; number++) expect(tally.enter(another(number))).toBeTypeOf('function');
    expect(tally.enter(another(most))).toBeUndefined();
    expect(tally.enter({ session: 'other', address: 'other', widget: 'other' })).toBeTypeOf('function');
  });

  test('make room when one leaves, and leave nothing behind when all have left', () => {
    const tally = new StreamTally();
    const leave = Array.from({ length: most }, (_, number) => tally.enter(another(number)) ?? expect.fail('no room'));
    leave[0]?.();
    expect(tally.enter(another(most + 1))?.()).toBeUndefined();
    for (const one of leave.slice(1)) one();
    expect(tally.size).toBe(0);
  });
});

test('a stream for which there is no room is not counted for anybody', () => {
  const tally = new StreamTally();
  for (let number = 0; number < MOST_STREAMS.session; number++) tally.enter({ ...ONE, address: `${number}` });
  expect(tally.enter({ ...ONE, address: 'new' })).toBeUndefined();
  const size = tally.size;
  tally.enter({ session: 'other', address: 'new', widget: 'w' });
  expect(tally.size).toBe(size + 2);
});
