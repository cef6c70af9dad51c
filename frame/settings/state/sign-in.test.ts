import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSignIn, expiryOf, RENEW_AHEAD_MS } from './sign-in.ts';

const NOW = Date.parse('2026-03-12T14:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

/** A token that ends so many seconds from the beginning of the test. */
const token = (name: string, seconds = 900) =>
  `e30.${btoa(JSON.stringify({ exp: NOW / 1_000 + seconds })).replace(/=+$/, '')}.${name}`;

function signIn(tokens: (string | null)[], isWatched = true) {
  const asked = vi.fn(() => Promise.resolve(tokens.shift() ?? null));
  const onEnded = vi.fn();
  const created = createSignIn({
    dashboard: { requestToken: asked },
    now: () => Date.now(),
    isWatched: () => isWatched,
    onEnded,
  });
  return { ...created, asked, onEnded };
}

describe('the sign-in', () => {
  test('asks the dashboard once, however many calls wait', async () => {
    const { getToken, asked } = signIn([token('a')]);
    expect(await Promise.all([getToken(), getToken(), getToken()])).toEqual([token('a'), token('a'), token('a')]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('asks for the next token before the first ends', async () => {
    const { getToken, asked } = signIn([token('a', 900), token('b', 1_800)], false);
    await getToken();
    vi.setSystemTime(NOW + 900_000 - RENEW_AHEAD_MS - 1);
    expect(await getToken()).toBe(token('a', 900));
    vi.setSystemTime(NOW + 900_000 - RENEW_AHEAD_MS);
    expect(await getToken()).toBe(token('b', 1_800));
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test('asks by itself while somebody looks, and not while nobody does', async () => {
    const watched = signIn([token('a', 900), token('b', 1_800)]);
    const unwatched = signIn([token('a', 900), token('b', 1_800)], false);
    await Promise.all([watched.getToken(), unwatched.getToken()]);
    await vi.advanceTimersByTimeAsync(880_000);
    expect(watched.asked).toHaveBeenCalledTimes(2);
    expect(unwatched.asked).toHaveBeenCalledTimes(1);
  });

  test('uses a token that says it is about to end all the same, and does not ask without a pause', async () => {
    const { getToken, asked } = signIn([token('a', 5)]);
    expect(await getToken()).toBe(token('a', 5));
    expect(await getToken()).toBe(token('a', 5));
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('ends when the dashboard has no token, and lets calls wait until it has one', async () => {
    const { getToken, resume, hasEnded, onEnded } = signIn([null, token('b')]);
    const waiting = getToken();
    await vi.advanceTimersByTimeAsync(0);
    expect(hasEnded.value).toBe(true);
    expect(onEnded).toHaveBeenCalledTimes(1);
    resume();
    expect(await waiting).toBe(token('b'));
    expect(hasEnded.value).toBe(false);
  });

  test('ends when the server refuses two tokens in a row', async () => {
    const { getToken, refuse, hasEnded } = signIn([token('a'), token('b')]);
    refuse(await getToken());
    expect(hasEnded.value).toBe(false);
    refuse(await getToken());
    expect(hasEnded.value).toBe(true);
  });

  test('counts refusals anew once the server has taken a token', async () => {
    const { getToken, refuse, accept, hasEnded } = signIn([token('a'), token('b'), token('c')]);
    refuse(await getToken());
    await getToken();
    accept();
    refuse(token('b'));
    expect(hasEnded.value).toBe(false);
  });

  test('asks anew after a token that did not permit what was asked, and does not end for it', async () => {
    const { getToken, forget, hasEnded, onEnded } = signIn([token('viewer'), token('owner')]);
    forget(await getToken());
    expect(await getToken()).toBe(token('owner'));
    forget(token('viewer'));
    expect(await getToken()).toBe(token('owner'));
    expect(hasEnded.value).toBe(false);
    expect(onEnded).not.toHaveBeenCalled();
  });

  test('does not lose a fresh token to the refusal of an older one', async () => {
    const { getToken, refuse, asked } = signIn([token('a'), token('b')]);
    const first = await getToken();
    refuse(first);
    await getToken();
    refuse(first);
    expect(await getToken()).toBe(token('b'));
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

test.each([
  ['e30.e30.x', Number.POSITIVE_INFINITY],
  ['no token at all', Number.POSITIVE_INFINITY],
  [token('a', 60), NOW + 60_000],
])('reads when "%s" ends', (text, expected) => {
  expect(expiryOf(text)).toBe(expected);
});
