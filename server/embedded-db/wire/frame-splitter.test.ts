import { describe, expect, it } from 'vitest';
import { createFrameSplitter, MAX_MESSAGE_BYTES, MalformedMessage } from './frame-splitter.ts';

function frame(length: number, fill: number): Buffer {
  const bytes = Buffer.alloc(length, fill);
  bytes.writeInt32LE(length, 0);
  return bytes;
}

describe('a stream', () => {
  const frames = [frame(16, 1), frame(40, 2), frame(17, 3)];
  const stream = Buffer.concat(frames);

  it.each([1, 2, 3, 5, 16, 20, 73])('is cut into its messages when it comes in pieces of %i bytes', (size) => {
    const split = createFrameSplitter();
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size) found.push(...split(stream.subarray(at, at + size)));
    expect(found).toEqual(frames);
  });

  it('gives nothing of a message that is not whole', () => {
    expect(createFrameSplitter()(stream.subarray(0, 15))).toEqual([]);
  });
});

it.each([0, 15, -1, MAX_MESSAGE_BYTES + 1])('refuses a length of %i before the message is there', (length) => {
  const prefix = Buffer.alloc(4);
  prefix.writeInt32LE(length);
  expect(() => createFrameSplitter()(prefix)).toThrow(MalformedMessage);
});
