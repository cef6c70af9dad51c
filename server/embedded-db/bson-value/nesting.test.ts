import { describe, expect, it } from 'vitest';
import { assertNesting, MAX_NESTING } from './nesting.ts';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

describe('assertNesting', () => {
  it('accepts documents as deep as MongoDB does', () => {
    expect(() => assertNesting(nested(MAX_NESTING))).not.toThrow();
  });

  it('refuses deeper ones by code 15, however deep', () => {
    const refusal = expect.objectContaining({ code: 15 });
    expect(() => assertNesting(nested(MAX_NESTING + 2))).toThrow(refusal);
    expect(() => assertNesting(nested(200_000))).toThrow(refusal);
  });
});
