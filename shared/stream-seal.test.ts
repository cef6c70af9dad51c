import { expect, test } from 'vitest';
import { addMac, eventText, openingText, replyText, takeMac } from './stream-seal.ts';

const MAC = '0f'.repeat(32);

test('adds the mac to the data of an event and takes it off again', () => {
  const data = '{"status":"complete"}';
  expect(JSON.parse(addMac(data, MAC))).toEqual({ status: 'complete', mac: MAC });
  expect(takeMac(addMac(data, MAC))).toEqual({ data, mac: MAC });
});

test.each([
  '{"status":"complete"}',
  `{"mac":"${MAC}","status":"complete"}`,
  `{"status":"complete","mac":"${MAC.toUpperCase()}"}`,
  `{"status":"complete","mac":"${MAC}"} `,
])('finds no mac in %s', (data) => {
  expect(takeMac(data)).toBeUndefined();
});

test('tells streams, places, ids, names and data apart', () => {
  const event = { id: '1.0', name: 'reply-delta', data: '{}' };
  const texts = [
    openingText('GET', '/chat/1?after=0.0'),
    openingText('GET', '/chat/1?after=1.0'),
    openingText('POST', '/chat'),
    eventText(MAC, 1, event),
    eventText(MAC, 2, event),
    eventText(MAC, 1, { ...event, id: '1.1' }),
    eventText(MAC, 1, { ...event, name: 'citation' }),
    eventText(MAC, 1, { ...event, data: '{"a":1}' }),
    eventText('1f'.repeat(32), 1, event),
  ];
  expect(new Set(texts).size).toBe(texts.length);
});

test('describes a reply by its text and its citations, in whatever order their fields are', () => {
  const citation = { number: 1, title: 'Boats', excerpt: 'A boat', url: 'https://shop.example/boats' };
  const { number, title, excerpt, url } = citation;
  expect(replyText('Yes [1]', [{ url, excerpt, title, number }])).toBe(replyText('Yes [1]', [citation]));
  expect(replyText('Yes [1]', [{ number, title, excerpt }])).not.toBe(replyText('Yes [1]', [citation]));
  expect(replyText('Yes', [])).toBe('["Yes",[]]');
});
