import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hashBody, signAnswer } from '../../server/domain/answer-signer.ts';
import { sessionSigningKey } from '../../server/domain/session-signing.ts';
import { createStreamSeal } from '../../server/domain/stream-seal.ts';
import type { ReplyEvent } from '../../shared/chat.ts';
import { delta, ended, failed, started } from '../../test/browser/frame/builders.ts';
import { createAnswerVerifier, type ReceivedAnswer } from './answer-verifier.ts';
import type { StreamEvent } from './event-stream.ts';

beforeEach(() => void vi.stubGlobal('isSecureContext', true));
afterEach(() => void vi.unstubAllGlobals());

const KEY = sessionSigningKey(new Uint8Array(32), randomUUID());
const NOW = new Date('2030-01-01T12:00:00Z');
const BODY = '{"name":"Zoë"}';

async function verify(key = KEY) {
  const signingKey = Buffer.from(key.secret).toString('base64url');
  return (await createAnswerVerifier({ signingKey, signingKeyId: KEY.id })) ?? expect.unreachable();
}

function signed(change: Partial<ReceivedAnswer> = {}, at = NOW): ReceivedAnswer {
  const [method, path, status] = ['GET', '/api/v1/widget/conversations', 200] as const;
  const signature = signAnswer({ at, method, path, status, bodyHash: hashBody(BODY) }, [KEY]) ?? null;
  return { method, path: '/conversations?before=x', status, signature, body: bytes(BODY), ...change };
}

const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const refusal = { code: 'SIGNATURE_INVALID' };

describe('an answer', () => {
  test('that the server signed is taken', async () => {
    await expect((await verify()).requireSigned(signed())).resolves.toBeUndefined();
  });

  test.each<[string, Partial<ReceivedAnswer>]>([
    ['no signature', { signature: null }],
    ['a signature that is none', { signature: 'v1=0' }],
    ['the signature of another key id', { signature: (signed().signature ?? '').replace(KEY.id, 'session-x') }],
    ['another time', { signature: (signed().signature ?? '').replace(/t=\d+/, 't=1') }],
    ['another body', { body: bytes('{"name":"Zoe"}') }],
    ['another status', { status: 404 }],
    ['another method', { method: 'POST' }],
    ['another path', { path: '/conversations/1' }],
  ])('with %s is refused', async (_what, change) => {
    await expect((await verify()).requireSigned(signed(change))).rejects.toMatchObject(refusal);
  });

  test('of another session is refused', async () => {
    const other = await verify(sessionSigningKey(new Uint8Array(32), randomUUID()));
    await expect(other.requireSigned(signed())).rejects.toMatchObject(refusal);
  });

  test('is refused when it is from more than five minutes before the latest one', async () => {
    const verifier = await verify();
    const later = (seconds: number) => verifier.requireSigned(signed({}, new Date(NOW.getTime() + seconds * 1000)));
    await later(0);
    await later(900);
    await later(600);
    await expect(later(599)).rejects.toMatchObject(refusal);
  });
});

describe('a stream', () => {
  const EVENTS = [started(), delta('Hi', 2), delta(' there', 8), ended(8)];
  const REQUEST = { method: 'POST', path: '/chat' };

  function seal(events: readonly ReplyEvent[] = EVENTS, { method, path } = REQUEST): StreamEvent[] {
    const stream = createStreamSeal(KEY, { method, target: `/api/v1/widget${path}` });
    const state = { status: 'complete', text: 'Hi there', citations: [] } as const;
    return events.map((event) => ({ name: event.name, id: event.id, text: stream.next(event, state) }));
  }

  async function follow(events: readonly StreamEvent[], { method, path } = REQUEST): Promise<StreamEvent[]> {
    const stream = (await verify()).followStream(method, path);
    return await Promise.all(events.map((event) => stream.next(event)));
  }

  test('is taken as the server sent it, and its last event without the mac', async () => {
    const events = await follow(seal());
    expect(events.map(({ name }) => name)).toEqual(['reply-started', 'reply-delta', 'reply-delta', 'reply-ended']);
    expect(JSON.parse(events.at(-1)?.text ?? '')).toEqual({ status: 'complete', digest: expect.any(String) });
  });

  test('that failed is authenticated like one that did not', async () => {
    const events = seal([started(), failed('MODEL_TIMEOUT')]);
    await expect(follow(events)).resolves.toHaveLength(2);
    const changed = events.map((event) => ({ ...event, text: event.text.replace('MODEL_TIMEOUT', 'MODEL_REFUSED') }));
    await expect(follow(changed)).rejects.toMatchObject(refusal);
  });

  test.each<[string, (events: StreamEvent[]) => (StreamEvent | undefined)[]]>([
    ['an event is missing', ([a, , c, d]) => [a, c, d]],
    ['two events have changed places', ([a, b, c, d]) => [a, c, b, d]],
    ['an event came twice', ([a, b, c, d]) => [a, b, b, c, d]],
    ['an event was added', ([a, b, c, d]) => [a, b, c, { name: 'citation', id: '8.1', text: '{}' }, d]],
    ['words were changed', ([a, b, c, d]) => [a, b && { ...b, text: '{"text":"Ho"}' }, c, d]],
    ['an id was changed', ([a, b, c, d]) => [a, b && { ...b, id: '3.0' }, c, d]],
    ['the end was changed', ([a, b, c, d]) => [a, b, c, d && { ...d, text: d.text.replace('complete', 'stopped') }]],
    ['the mac was taken off', ([a, b, c, d]) => [a, b, c, d && { ...d, text: '{"status":"complete"}' }]],
  ])('case 50: is refused at its end when %s', async (_what, change) => {
    const events = change(seal()).filter((event) => event !== undefined);
    await expect(follow(events)).rejects.toMatchObject(refusal);
  });

  test('case 50: is refused when it answers another request', async () => {
    await expect(follow(seal(), { method: 'GET', path: '/chat/1?after=0.0' })).rejects.toMatchObject(refusal);
  });
});

test('verifies nothing where there is no TLS', async () => {
  vi.stubGlobal('isSecureContext', false);
  await expect(createAnswerVerifier({ signingKey: '', signingKeyId: '' })).resolves.toBeUndefined();
});
