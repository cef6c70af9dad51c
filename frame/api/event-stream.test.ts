import { createParser } from 'eventsource-parser';
import { expect, test } from 'vitest';
import { createEventReader, type StreamEvent } from './event-stream.ts';

const STREAM = [
  ': a comment\n\n',
  'id: 0.0\nevent: reply-started\ndata: {"a":1}\n\n',
  'id: 3.0\r\nevent: reply-delta\r\ndata: {"text":"é🚀"}\r\n\r\n',
  'id:4.0\revent:reply-delta\rdata:no space\r\r',
  'data: first\ndata: second\n\n',
  'data\nunknown: field\n: comment in between\nid\n\n',
  'event: nothing\n\n',
  'retry: 100\n\n',
  'id: 5.0\nevent: reply-ended\ndata: {}\n\n',
  'event: half\ndata: never whole\n',
].join('');

function readAll(pieces: readonly string[]): StreamEvent[] {
  const reader = createEventReader();
  return pieces.flatMap((piece) => reader.push(piece));
}

test('reads the same events however the stream is cut', () => {
  const whole = readAll([STREAM]);
  expect(whole).toHaveLength(6);
  for (let at = 1; at < STREAM.length; at++) expect(readAll([STREAM.slice(0, at), STREAM.slice(at)])).toEqual(whole);
  expect(readAll(STREAM.split(''))).toEqual(whole);
});

test('reads what another reader of the standard reads', () => {
  const events: unknown[] = [];
  const other = createParser({ onEvent: ({ event, data }) => events.push({ name: event ?? 'message', text: data }) });
  // The other one remembers no id between events, as the standard wants it, so ids are compared below.
  other.feed(STREAM);
  expect(readAll([STREAM]).map(({ name, text }) => ({ name, text }))).toEqual(events);
});

test('keeps the last id until another comes, and takes none with a NUL in it', () => {
  const ids = readAll(['id: 1\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\nid\ndata: d\n\n']).map(({ id }) => id);
  expect(ids).toEqual(['1', '1', '1', '']);
});

test('does not make an event of what a dropped connection left', () => {
  expect(readAll(['event: reply-delta\nid: 9.0\ndata: {"text":"ha'])).toEqual([]);
});
