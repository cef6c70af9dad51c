import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReplyEvent } from '../../shared/chat.ts';
import { takeMac } from '../../shared/stream-seal.ts';
import { createStreamSeal } from './stream-seal.ts';

const KEY = { id: 'session-1', secret: new Uint8Array(32) };
const REQUEST = { method: 'GET', target: '/api/v1/widget/chat/1?after=0.0' };
const STATE = { status: 'complete', text: 'Hi', citations: [] } as const;
const DELTA: ReplyEvent = { id: '2.0', name: 'reply-delta', fields: { text: 'Hi' } };
const END: ReplyEvent = { id: '2.0.end', name: 'reply-ended', fields: { status: 'complete' } };

const macOf = (events: readonly ReplyEvent[], request = REQUEST, text: string = STATE.text) => {
  const seal = createStreamSeal(KEY, request);
  return takeMac(events.map((event) => seal.next(event, { ...STATE, text })).at(-1) ?? '')?.mac;
};

test('leaves the data of events as they are, and adds digest and mac to the last', () => {
  const seal = createStreamSeal(KEY, REQUEST);
  expect(seal.next(DELTA, STATE)).toBe('{"text":"Hi"}');
  expect(JSON.parse(seal.next(END, STATE))).toEqual({
    status: 'complete',
    digest: '91392e61fb8db8b95261248579f8241d2708fac44672d34f8f2cae25f80fe00a',
    mac: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('chains what it was asked for and every event, as it is written down', () => {
  const sign = (lines: readonly string[]) => createHmac('sha256', KEY.secret).update(lines.join('\n')).digest('hex');
  const seal = createStreamSeal(KEY, REQUEST);
  seal.next(DELTA, STATE);
  const { data = '', mac } = takeMac(seal.next(END, STATE)) ?? {};
  const opening = sign(['casement-stream', 'GET', '/api/v1/widget/chat/1?after=0.0']);
  const first = sign([opening, '1', '2.0', 'reply-delta', '{"text":"Hi"}']);
  expect(mac).toBe(sign([first, '2', '2.0.end', 'reply-ended', data]));
});

test('case 50: gives another mac for another order, another count, another request and another reply', () => {
  const other: ReplyEvent = { id: '2.1', name: 'citation', fields: { number: 1, title: 'T', excerpt: 'E' } };
  const macs = [
    macOf([DELTA, other, END]),
    macOf([other, DELTA, END]),
    macOf([DELTA, END]),
    macOf([DELTA, DELTA, END]),
    macOf([DELTA, END], { ...REQUEST, method: 'POST' }),
    macOf([DELTA, END], { ...REQUEST, target: '/api/v1/widget/chat/1?after=2.0' }),
    macOf([DELTA, END], REQUEST, 'Ho'),
  ];
  expect(new Set(macs).size).toBe(macs.length);
});
