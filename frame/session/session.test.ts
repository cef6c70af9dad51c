import { expect, test, vi } from 'vitest';
import type { RenewSessionAnswer } from '../../shared/session.ts';
import { SESSION } from '../../test/browser/frame/builders.ts';
import { ApiError, type ApiErrorCode } from '../api/api-error.ts';
import type { Access } from '../api/request.ts';
import type { OpenedSession } from '../api/session-api.ts';
import { MemorySession } from './session.ts';

const MINUTE = 60_000;

function arrange() {
  const clock = { now: 0 };
  const timers: { run: () => void; at: number }[] = [];
  const openSession = vi.fn(
    async (_ticket: string): Promise<OpenedSession> => ({ answer: SESSION, verifier: undefined }),
  );
  const renewSession = vi.fn(
    async ({ token }: Access): Promise<RenewSessionAnswer> => ({ token: `${token}+`, expiresInSeconds: 900 }),
  );
  const session = new MemorySession({
    ticket: 'ticket',
    openSession,
    renewSession,
    now: () => clock.now,
    schedule: (run, milliseconds) => timers.push({ run, at: clock.now + milliseconds }),
  });
  const seen: string[] = [];
  const call = () => session.authorized(async ({ token }) => void seen.push(token));
  return { clock, timers, openSession, renewSession, session, seen, call };
}

const refusing = (code: ApiErrorCode) => async () => {
  throw new ApiError(code, { status: 401 });
};

test('swaps the ticket for a token and uses it', async () => {
  const { session, openSession, seen, call } = arrange();
  await session.open();
  await call();
  expect(openSession).toHaveBeenCalledWith('ticket');
  expect(seen).toEqual(['T1']);
});

test('lets a call wait until the session is open', async () => {
  const { session, seen, call } = arrange();
  const opening = session.open();
  const early = call();
  await Promise.all([opening, early]);
  expect(seen).toEqual(['T1']);
});

test('renews by a timer before the token expires', async () => {
  const { session, timers, renewSession, clock, seen, call } = arrange();
  await session.open();
  expect(timers[0]?.at).toBe(12 * MINUTE);
  clock.now = 12 * MINUTE;
  timers[0]?.run();
  await call();
  await call();
  expect(renewSession).toHaveBeenCalledTimes(1);
  expect(seen.at(-1)).toBe('T1+');
});

test('renews once for many calls when the token is about to expire', async () => {
  const { session, renewSession, clock, seen, call } = arrange();
  await session.open();
  clock.now = 14.9 * MINUTE;
  await Promise.all([call(), call(), call()]);
  expect(renewSession).toHaveBeenCalledTimes(1);
  expect(seen).toEqual(['T1+', 'T1+', 'T1+']);
});

test('makes a call again with a new token when the server finds the old one expired', async () => {
  const { session } = arrange();
  await session.open();
  const call = vi.fn(async ({ token }: Access) => {
    if (token === 'T1') throw new ApiError('SESSION_EXPIRED', { status: 401 });
    return token;
  });
  await expect(session.authorized(call)).resolves.toBe('T1+');
  expect(session.endedBy.value).toBeUndefined();
});

test.each<ApiErrorCode>(['SESSION_ENDED', 'SESSION_INVALID', 'KEY_REVOKED', 'ORIGIN_NOT_ALLOWED', 'FEATURE_OFF'])(
  'is over when a call is answered %s',
  async (code) => {
    const { session } = arrange();
    await session.open();
    await expect(session.authorized(refusing(code))).rejects.toMatchObject({ code });
    expect(session.endedBy.value).toBe(code);
  },
);

test('is not over when a call fails for a reason of its own, or for one that passes', async () => {
  const { session } = arrange();
  await session.open();
  await expect(session.authorized(refusing('INVALID_REQUEST'))).rejects.toThrow();
  await expect(session.authorized(refusing('UNREACHABLE'))).rejects.toThrow();
  expect(session.endedBy.value).toBeUndefined();
});

test('is over when the token cannot be renewed any more', async () => {
  const { session, renewSession, clock, call } = arrange();
  await session.open();
  renewSession.mockImplementation(refusing('SESSION_ENDED'));
  clock.now = 20 * MINUTE;
  await expect(call()).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  expect(session.endedBy.value).toBe('SESSION_ENDED');
});

test('tries to renew again after a failure that passes', async () => {
  const { session, timers, renewSession, clock } = arrange();
  await session.open();
  renewSession.mockImplementationOnce(refusing('UNREACHABLE'));
  clock.now = 12 * MINUTE;
  timers[0]?.run();
  await vi.waitFor(() => expect(timers).toHaveLength(2));
  timers[1]?.run();
  await vi.waitFor(() => expect(renewSession).toHaveBeenCalledTimes(2));
  expect(session.endedBy.value).toBeUndefined();
});

test('can be opened again after a failure that passes, and is over after one that does not', async () => {
  const { session, openSession } = arrange();
  openSession.mockImplementationOnce(refusing('UNREACHABLE'));
  await expect(session.open()).rejects.toThrow();
  expect(session.endedBy.value).toBeUndefined();
  openSession.mockImplementationOnce(refusing('TICKET_USED'));
  await expect(session.open()).rejects.toThrow();
  expect(session.endedBy.value).toBe('TICKET_USED');
});
