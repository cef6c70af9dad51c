import { describe, expect, test } from 'vitest';
import { createNonce } from '../../shared/nonce.ts';
import { createPortChannel, type PortLike } from '../../shared/port-channel.ts';
import {
  FRAME_MESSAGE_GUARDS,
  type FrameMessage,
  type Guards,
  HOST_MESSAGE_GUARDS,
  type HostMessage,
  type LauncherLook,
} from '../../shared/port-message.ts';
import { createRandom } from '../support/create-random.ts';

const ROUNDS = 100_000;

const LOOK: LauncherLook = {
  accent: '#0059ff',
  mode: 'light',
  icon: 'chat',
  label: 'Chat',
  position: 'end',
  offsetSide: 1,
  offsetBottom: 1,
  radius: 1,
  zIndex: 1,
};
const VALUES: readonly unknown[] = [
  ...['', 'a', '*', '<img src=x onerror=alert(1)>', 'https://evil.example/', 'javascript:alert(1)', 'PUB_x', '#0059ff'],
  ...['message-sent', 'reply-ended', 'light', 'chat', 'start', 'a'.repeat(20_000), createNonce()],
  ...[0, 1, -1, 399, 401, 999, 1000, 1.5, 2 ** 31, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 1n],
  ...[true, null, undefined, {}, [], new Map(), new Date(0), new ArrayBuffer(8), { length: 1 }],
  LOOK,
  { ...LOOK, accent: 'red;}' },
  { ...LOOK, label: 'x'.repeat(81) },
  { ...LOOK, offsetSide: 401 },
];
const FIELDS = ['t', 's', 'f', 'n', 'name', 'look', 'html', 'url', 'token', '__proto__', 'constructor'];

/** A port without a browser: what the peer says goes right into `onmessage`. */
function createPort() {
  const port: PortLike & { isClosed: boolean } = {
    isClosed: false,
    onmessage: null,
    postMessage: () => {},
    close() {
      port.isClosed = true;
    },
  };
  return port;
}

/** Sends random messages, each to a channel that is open, and answers what got through. */
function fuzz<M extends { readonly t: string }>(guards: Guards<M>, seed: number) {
  const random = createRandom(seed);
  const types = [...Object.keys(guards), 'navigate', 'eval', 'fetch', 'toString', '__proto__', 'hasOwnProperty'];
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const passed: M[] = [];
  let closed = 0;
  let now = 0;

  function randomMessage(): unknown {
    if (random() < 0.05) return pick(VALUES);
    const message: Record<string, unknown> = { t: pick(types), s: 1 };
    const count = Math.floor(random() * 3);
    for (let index = 0; index < count; index++) {
      const name = pick(FIELDS) ?? 'x';
      Object.defineProperty(message, name, {
        value: pick(VALUES),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return message;
  }

  for (let round = 0; round < ROUNDS; round++) {
    const port = createPort();
    const broken: number[] = [];
    now += 1000;
    createPortChannel<M, { readonly t: string }>(port, {
      guards,
      dataOf: ({ data }) => data,
      now: () => now,
      onMessage: (message) => passed.push(message),
      onBroken: () => broken.push(round),
    });
    const before = passed.length;
    const hear = port.onmessage as ((event: { data: unknown }) => void) | null;
    hear?.({ data: randomMessage() });
    const hasPassed = passed.length > before;
    // Either it got through, or the channel is closed for good and said so once.
    if (hasPassed === port.isClosed || broken.length !== Number(port.isClosed))
      throw new Error(`Round ${round} did neither`);
    if (port.isClosed) closed++;
    if (port.isClosed && port.onmessage !== null) throw new Error(`Round ${round} closed and still listens`);
  }
  return { passed, closed };
}

/** Whether a value is a short word of the protocol, a number within its bounds, a nonce, or a label of a button. */
function isHarmless([name, value]: [string, unknown]): boolean {
  if (name === 't' || name === 's') return true;
  if (name === 'n') return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 999;
  if (name === 'f') return /^[0-9a-f]{32}$/.test(String(value));
  if (name === 'name') return /^[a-z-]{1,24}$/.test(String(value));
  if (name === 'look') return JSON.stringify(value).length < 400 && !JSON.stringify(value).includes('red;');
  return false;
}

describe('100,000 random messages over the port', () => {
  test.each<[string, Guards<FrameMessage> | Guards<HostMessage>]>([
    ['from the frame to the loader', FRAME_MESSAGE_GUARDS],
    ['from the loader to the frame', HOST_MESSAGE_GUARDS],
  ])('case 32: %s -> each passes whole and harmless, or ends the channel', (_direction, guards) => {
    const { passed, closed } = fuzz(guards as Guards<FrameMessage>, 20_32);
    expect(passed.length).toBeGreaterThan(100);
    expect(closed).toBeGreaterThan(ROUNDS / 2);
    expect(passed.flatMap((message) => Object.entries(message)).filter((field) => !isHarmless(field))).toEqual([]);
  });
});

test.each(['navigate', 'eval', 'fetch', 'html', 'token', 'resize', 'toString', '__proto__'])(
  'case 32: a message of type %s is known to neither side',
  (type) => {
    expect(Object.hasOwn(HOST_MESSAGE_GUARDS, type)).toBe(false);
    expect(Object.hasOwn(FRAME_MESSAGE_GUARDS, type)).toBe(false);
  },
);
