import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HANDSHAKE_TIMEOUT_MS } from '../../shared/window-message.ts';
import { type HandshakeWindow, shakeHands } from './handshake.ts';

const SHOP = 'https://shop.example';
const N = 'a'.repeat(32);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A window inside a host page, with what the browser would set on its message events. */
function arrange(hash = `#${N}`) {
  const parent = {};
  const listeners = new Set<(event: MessageEvent) => void>();
  const page: HandshakeWindow = {
    parent,
    location: { hash },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
    setTimeout: (run, milliseconds) => Number(setTimeout(run, milliseconds)),
    clearTimeout: (timer) => clearTimeout(timer),
  };
  const posted: { message: unknown; origin: string }[] = [];
  const done = vi.fn();
  const postToParent = (message: unknown, origin: string) => void posted.push({ message, origin });
  void shakeHands(page, { origin: SHOP, postToParent }).then(done);
  const said = posted[0]?.message;
  const f = typeof said === 'object' && said !== null && 'f' in said ? said.f : undefined;
  const port = { name: 'port' };
  const init = { v: 1, t: 'init', n: N, f };
  const honest = { isTrusted: true, origin: SHOP, source: parent, ports: [port], data: init };
  const receive = (change: object = {}) => {
    const event: MessageEvent = Object.create(null, Object.getOwnPropertyDescriptors({ ...honest, ...change }));
    for (const listener of listeners) listener(event);
  };
  return { page, posted, listeners, done, f, port, init, receive };
}

test('greets the one origin the server named, and nobody else', () => {
  const { posted, f } = arrange();
  expect(posted).toEqual([{ message: { v: 1, t: 'hello', n: N, f }, origin: SHOP }]);
  expect(f).toMatch(/^[0-9a-f]{32}$/);
});

test('takes the port of an honest answer once, and listens to the window no longer', async () => {
  const { receive, done, port, f, listeners } = arrange();
  receive();
  receive({ ports: [{ name: 'other' }] });
  await vi.runAllTimersAsync();
  expect(done.mock.calls).toEqual([[{ port, f }]]);
  expect(listeners.size).toBe(0);
});

test.each<[string, (init: object) => object]>([
  ['an event that a script made', () => ({ isTrusted: false })],
  ['another origin', () => ({ origin: 'https://evil.example' })],
  ['an opaque origin', () => ({ origin: 'null' })],
  ['another window of the same origin', () => ({ source: {} })],
  ['no source', () => ({ source: null })],
  ['no port', () => ({ ports: [] })],
  ['two ports', () => ({ ports: [{}, {}] })],
  ['another nonce of the loader', (init) => ({ data: { ...init, n: 'b'.repeat(32) } })],
  ['another nonce of the frame', (init) => ({ data: { ...init, f: 'b'.repeat(32) } })],
  ['another version', (init) => ({ data: { ...init, v: 2 } })],
  ['another type', (init) => ({ data: { ...init, t: 'hello' } })],
  ['a field more', (init) => ({ data: { ...init, extra: 1 } })],
  ['no data', () => ({ data: null })],
])('drops %s in silence and still takes the honest answer after it', async (_, change) => {
  const { receive, done, init, posted } = arrange();
  receive(change(init));
  await vi.advanceTimersByTimeAsync(0);
  expect(done).not.toHaveBeenCalled();
  receive();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toHaveBeenCalledTimes(1);
  expect(posted).toHaveLength(1);
});

test.each(['', '#', '#short', `#${'A'.repeat(32)}`])('asks nobody without a nonce, as with %j', async (hash) => {
  const { posted, done, listeners } = arrange(hash);
  await vi.advanceTimersByTimeAsync(0);
  expect(posted).toEqual([]);
  expect(listeners.size).toBe(0);
  expect(done).toHaveBeenCalledWith(undefined);
});

test('gives up when nobody answers in time', async () => {
  const { done, listeners, receive } = arrange();
  await vi.advanceTimersByTimeAsync(HANDSHAKE_TIMEOUT_MS);
  receive();
  expect(done).toHaveBeenCalledWith(undefined);
  expect(listeners.size).toBe(0);
});
