import { Int32 } from 'bson';
import { describe, expect, it } from 'vitest';
import { evaluateLet } from './evaluate-let.ts';

const NOW = new Date('2024-05-06T07:08:09Z');

describe('evaluateLet', () => {
  it('evaluates each variable without a document', () => {
    const spec = { one: new Int32(1), sum: { $add: [new Int32(1), new Int32(2)] }, now: '$$NOW' };
    expect(evaluateLet(spec, NOW)).toStrictEqual({ one: new Int32(1), sum: new Int32(3), now: NOW });
  });

  it('refuses names that are not variable names', () => {
    expect(() => evaluateLet({ NOW: 1 }, NOW)).toThrow(expect.objectContaining({ code: 9 }));
  });
});
