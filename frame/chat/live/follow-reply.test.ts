import { createHash } from 'node:crypto';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReplyEvent } from '../../../shared/chat.ts';
import { citation, delta, ended, failed, started } from '../../../test/browser/frame/builders.ts';
import { ApiError } from '../../api/api-error.ts';
import type { ReplyState } from '../exchange.ts';
import { followReply } from './follow-reply.ts';

/** What one connection does: events in batches, then it ends; an error breaks it. */
type Connection = readonly (ReplyEvent | ApiError)[];

function arrange(...connections: Connection[]) {
  const reply = signal<ReplyState>({ status: 'sending', text: '', citations: [] });
  const asked: string[] = [];
  const waits: number[] = [];
  const abort = new AbortController();
  const wasReconnecting: unknown[] = [];
  const options = {
    listen: async ({ id, text, citations }: ReplyState) => {
      asked.push(id === undefined ? 'send' : `${text.length}.${citations.length}`);
      return play(connections[asked.length - 1] ?? []);
    },
    onEvent: vi.fn(),
    onDelay: vi.fn(),
    backOff: async (attempt: number, { leastMs = 0 } = {}) => {
      waits.push(Math.max(attempt, leastMs));
      wasReconnecting.push(reply.value.isReconnecting);
    },
    signal: abort.signal,
  };
  return { reply, asked, waits, abort, wasReconnecting, options, follow: () => followReply(reply, options) };
}

async function* play(connection: Connection): AsyncGenerator<readonly ReplyEvent[]> {
  for (const step of connection) {
    if (step instanceof ApiError) throw step;
    yield [step];
  }
}

const UNREACHABLE = new ApiError('UNREACHABLE');

test('follows a reply over one connection', async () => {
  const { reply, asked, options, follow } = arrange([started(), delta('Yes.', 4), ended(4)]);
  await follow();
  expect(reply.value).toMatchObject({ status: 'complete', text: 'Yes.' });
  expect(asked).toEqual(['send']);
  expect(options.onEvent.mock.calls.map(([event]) => event.name)).toEqual([
    'reply-started',
    'reply-delta',
    'reply-ended',
  ]);
});

test('reaches the identical text over connections that break anywhere', async () => {
  const { reply, asked, follow } = arrange(
    [started(), delta('Yes, ', 5), UNREACHABLE],
    [delta('within ', 12), citation(1, 12)],
    [UNREACHABLE],
    [delta('60 days.', 20, 1), UNREACHABLE],
    [ended(20, 1)],
  );
  await follow();
  expect(reply.value).toMatchObject({ status: 'complete', text: 'Yes, within 60 days.', isReconnecting: false });
  expect(asked).toEqual(['send', '5.0', '12.1', '12.1', '20.1']);
});

test('sends the message again while the server has not confirmed it', async () => {
  const { reply, asked, follow } = arrange([UNREACHABLE], [], [started(), delta('Yes.', 4), ended(4)]);
  await follow();
  expect(asked).toEqual(['send', 'send', 'send']);
  expect(reply.value.text).toBe('Yes.');
});

test('asks for what is missing when an event was lost', async () => {
  const { reply, asked, follow } = arrange(
    [started(), delta('days.', 20)],
    [delta('Yes, within 60 days.', 20), ended(20)],
  );
  await follow();
  expect(asked).toEqual(['send', '0.0']);
  expect(reply.value.text).toBe('Yes, within 60 days.');
});

test('waits longer each time, says so from the second time on, and begins anew after progress', async () => {
  const { waits, wasReconnecting, follow } = arrange(
    [UNREACHABLE],
    [UNREACHABLE],
    [started(), UNREACHABLE],
    [ended(0)],
  );
  await follow();
  expect(waits).toEqual([1, 2, 1]);
  expect(wasReconnecting).toEqual([undefined, true, false]);
});

test('waits as long as a refusal asks', async () => {
  const busy = new ApiError('TOO_MANY_STREAMS', { status: 429, retryAfterSeconds: 5 });
  const { waits, options, follow } = arrange([busy], [started(), ended(0)]);
  await follow();
  expect(waits).toEqual([5_000]);
  expect(options.onDelay).toHaveBeenCalledWith(busy);
});

test('gives up after eight failures in a row: unsent if never confirmed, else lost with what was said', async () => {
  const never = arrange();
  await never.follow();
  expect(never.asked).toHaveLength(8);
  expect(never.reply.value.status).toBe('unsent');
  const middle = arrange([started(), delta('Yes', 3)]);
  await middle.follow();
  expect(middle.reply.value).toMatchObject({ status: 'lost', text: 'Yes' });
});

test('throws what does not pass by waiting', async () => {
  const { asked, follow } = arrange([new ApiError('INVALID_REQUEST', { status: 400 })]);
  await expect(follow()).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  expect(asked).toHaveLength(1);
});

test('does not listen again to a reply that failed', async () => {
  const { reply, asked, follow } = arrange([started(), failed('MODEL_TIMEOUT')]);
  await follow();
  expect(reply.value.status).toBe('failed');
  expect(asked).toHaveLength(1);
});

test('stops without a word when it is aborted', async () => {
  const { reply, asked, abort, options } = arrange([started()]);
  const backOff = async () => abort.abort();
  await followReply(reply, { ...options, backOff });
  expect(asked).toHaveLength(1);
  expect(reply.value.status).toBe('streaming');
});

describe('a reply with a digest', () => {
  beforeEach(() => void vi.stubGlobal('isSecureContext', true));
  afterEach(() => void vi.unstubAllGlobals());

  const digestOf = (text: string) =>
    createHash('sha256')
      .update(JSON.stringify([text, []]))
      .digest('hex');
  const endedWith = (digest: string): ReplyEvent => ({
    ...ended(8),
    name: 'reply-ended',
    fields: { status: 'complete', digest },
  });

  test('is complete when it is the one that is here, over however many connections', async () => {
    const { reply, follow } = arrange(
      [started(), delta('Yes,', 4)],
      [delta(' do.', 8), endedWith(digestOf('Yes, do.'))],
    );
    await follow();
    expect(reply.value).toMatchObject({ status: 'complete', text: 'Yes, do.' });
  });

  test('is refused, and its words are dropped, when an earlier connection brought other words', async () => {
    const { reply, follow } = arrange(
      [started(), delta('No, ', 4)],
      [delta(' do.', 8), endedWith(digestOf('Yes, do.'))],
    );
    await expect(follow()).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
    expect(reply.value).toMatchObject({ status: 'streaming', text: '', citations: [] });
  });

  test('is taken as it comes where there is no TLS', async () => {
    vi.stubGlobal('isSecureContext', false);
    const { reply, follow } = arrange([started(), delta('No, dont', 8), endedWith('0'.repeat(64))]);
    await follow();
    expect(reply.value.status).toBe('complete');
  });
});

test('drops the words of a stream that is not authentic', async () => {
  const { reply, follow } = arrange([started(), delta('No.', 3), new ApiError('SIGNATURE_INVALID')]);
  await expect(follow()).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
  expect(reply.value.text).toBe('');
});
