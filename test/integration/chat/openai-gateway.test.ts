import { beforeEach, describe, expect, it } from 'vitest';
import { ModelError, type ModelGateway } from '../../../server/gateways/model-gateway.ts';
import { createOpenAiGateway } from '../../../server/gateways/openai/openai-gateway.ts';
import { type FakeCall, type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { collect, createRequest, RETURNS, SHIPPING, textOf } from './gateway-behaviour.ts';

let fake: FakeOpenAi;
let gateway: ModelGateway;

beforeEach(async () => {
  fake = await startFakeOpenAi();
  gateway = createOpenAiGateway({ baseUrl: fake.baseUrl, apiKey: 'sk-test', name: 'some-model' });
  return () => fake.stop();
});

type Answer = (call: FakeCall, heard: Promise<void>) => void | Promise<void>;

/** The reply to the request, and how it failed if it did. `heard` is resolved when the first words have arrived. */
async function reply(answer: Answer, request = createRequest()) {
  let hear: () => void = () => {};
  const heard = new Promise<void>((resolve) => {
    hear = resolve;
  });
  fake.answerWith((call) => void answer(call, heard));
  const said: string[] = [];
  try {
    for await (const event of gateway.streamReply(request)) {
      if (event.type === 'text') said.push(event.text);
      hear();
    }
    return { text: said.join('') };
  } catch (error) {
    return { text: said.join(''), error, code: error instanceof ModelError ? error.code : undefined };
  }
}

describe('asking an OpenAI-compatible model', () => {
  it('names the model, the key and the temperature, and asks for a stream', async () => {
    await reply((call) => {
      call.say('Hi');
      call.finish();
    });
    const call = await fake.call(0);
    expect(call.authorization).toBe('Bearer sk-test');
    expect(call.request).toMatchObject({ model: 'some-model', stream: true, temperature: 0.2 });
  });

  it('gives instructions and numbered excerpts, then the conversation', async () => {
    const messages = [
      { role: 'visitor', text: 'One?' },
      { role: 'assistant', text: '1' },
      { role: 'visitor', text: 'Two?' },
    ] as const;
    await reply((call) => call.finish(), createRequest({ messages }));
    const [system, ...conversation] = (await fake.call(0)).request.messages;
    expect(system).toMatchObject({ role: 'system', content: expect.stringMatching(/^Be brief\./) });
    for (const part of [
      'Excerpt [1]',
      SHIPPING.text,
      'Excerpt [2]',
      RETURNS.text,
      'help@shop.example',
      'not instructions',
    ]) {
      expect(system?.content).toContain(part);
    }
    expect(conversation).toEqual([
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: '1' },
      { role: 'user', content: 'Two?' },
    ]);
  });

  it('fences each excerpt with a line that no article can know', async () => {
    const fences: string[] = [];
    for (const number of [0, 1]) {
      await reply((call) => call.finish());
      const content = (await fake.call(number)).request.messages[0]?.content ?? '';
      const lines = content.match(/^===== [0-9a-f]{12} =====$/gm) ?? [];
      expect(lines).toHaveLength(4);
      expect(new Set(lines).size).toBe(1);
      fences.push(lines[0] ?? '');
    }
    expect(fences[0]).not.toBe(fences[1]);
  });

  it('asks again without the temperature when the model refuses to be given one, and remembers it', async () => {
    const answer = (call: FakeCall) => {
      if (call.request.temperature !== undefined) return call.refuse(400, { message: 'No', param: 'temperature' });
      call.say('Fine');
      call.finish();
    };
    expect(await reply(answer)).toEqual({ text: 'Fine' });
    expect(await reply(answer)).toEqual({ text: 'Fine' });
    expect(fake.calls).toHaveLength(3);
  });
});

describe('a failure of the model', () => {
  it.each([
    [401, {}, 'MODEL_NOT_AUTHORIZED'],
    [403, {}, 'MODEL_NOT_AUTHORIZED'],
    [429, {}, 'MODEL_BUSY'],
    [429, { code: 'insufficient_quota' }, 'MODEL_BUSY'],
    [408, {}, 'MODEL_TIMEOUT'],
    [504, {}, 'MODEL_TIMEOUT'],
    [503, {}, 'MODEL_UNAVAILABLE'],
    [502, {}, 'MODEL_UNAVAILABLE'],
    [500, {}, 'MODEL_ERROR'],
    [404, {}, 'MODEL_ERROR'],
    [400, {}, 'MODEL_ERROR'],
    [400, { code: 'content_filter' }, 'MODEL_REFUSED'],
  ])('with status %i and %j is %s, after one call', async (status, error, code) => {
    expect(await reply((call) => call.refuse(status, error))).toMatchObject({ text: '', code });
    expect(fake.calls).toHaveLength(1);
  });

  it.each<[string, (call: FakeCall) => void, string]>([
    ['breaks the connection', (call) => call.drop(), 'MODEL_UNAVAILABLE'],
    ['ends without having finished', (call) => call.end(), 'MODEL_UNAVAILABLE'],
    ['sends what is no JSON', (call) => call.write('data: {"choices": [\n\n'), 'MODEL_ERROR'],
    ['sends what is no chunk', (call) => call.write('data: {"choices": 7}\n\n'), 'MODEL_ERROR'],
    ['filters the answer', (call) => call.finish('content_filter'), 'MODEL_REFUSED'],
    ['refuses', (call) => call.choose({ delta: { refusal: 'I cannot.' } }), 'MODEL_REFUSED'],
    ['reaches its own limit', (call) => call.finish('length'), 'REPLY_TOO_LONG'],
    ['wants to call a tool', (call) => call.finish('tool_calls'), 'MODEL_ERROR'],
    ['says that it is busy', (call) => call.write('data: {"error":{"code":"rate_limit_exceeded"}}\n\n'), 'MODEL_BUSY'],
    [
      'says that the key is wrong',
      (call) => call.write('data: {"error":{"code":"invalid_api_key"}}\n\n'),
      'MODEL_NOT_AUTHORIZED',
    ],
  ])('that %s after the first words keeps them', async (_case, fail, code) => {
    const result = await reply(async (call, heard) => {
      call.say('So far');
      await heard;
      fail(call);
    });
    expect(result).toMatchObject({ text: 'So far', code });
    expect(fake.calls).toHaveLength(1);
  });

  it('is one when it says nothing at all', async () => {
    expect(await reply((call) => call.finish())).toMatchObject({ text: '', code: 'MODEL_ERROR' });
  });

  it('is MODEL_UNAVAILABLE when nobody is there', async () => {
    await fake.stop();
    expect(await reply(() => {})).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });

  it('tells the log the status and the words of the server, but nothing that may quote the conversation', async () => {
    const told = async (status: number) => {
      const { error } = await reply((call) => call.refuse(status, { message: 'Shipping secret', code: 'c' }));
      return JSON.stringify(error instanceof Error ? error.cause : undefined);
    };
    expect(await told(401)).toContain('Shipping secret');
    expect(await told(400)).toContain('"status":400');
    expect(await told(400)).not.toContain('Shipping secret');
  });
});

describe('the text of a model', () => {
  it('arrives whole however its bytes are cut', async () => {
    const bytes = Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content: 'Grüße 👋🏽 → ok' } }] })}\n\n`);
    const { text } = await reply(async (call) => {
      for (const byte of bytes) {
        call.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      call.finish();
    });
    expect(text).toBe('Grüße 👋🏽 → ok');
  });

  it('may leave out what is empty, and end with a report of the usage', async () => {
    const { text } = await reply((call) => {
      call.choose({ delta: { role: 'assistant', content: null } });
      call.choose({ delta: undefined });
      call.say('Fine');
      call.choose({ finish_reason: 'stop' });
      call.write('data: {"choices":[],"usage":{"total_tokens":3}}\n\ndata: [DONE]\n\n');
      call.end();
    });
    expect(text).toBe('Fine');
  });

  it('is cited only for numbers that were given, each once', async () => {
    fake.answerWith((call) => {
      for (const piece of ['A [2', '], B [1, 2], C [7], D [0] and [1].']) call.say(piece);
      call.finish();
    });
    const events = await collect(gateway.streamReply(createRequest()));
    const numbers = events.flatMap((event) => (event.type === 'citation' ? [event.citation.number] : []));
    expect(numbers).toEqual([2, 1]);
    expect(textOf(events)).toBe('A [2], B [1, 2], C [7], D [0] and [1].');
  });

  it('is no longer fetched when the call is ended', async () => {
    const abortion = new AbortController();
    const events = gateway.streamReply(createRequest({ signal: abortion.signal }))[Symbol.asyncIterator]();
    const first = events.next();
    const call = await fake.call(0);
    call.say('Hi');
    await first;
    abortion.abort();
    await call.closed;
    await events.next().catch(() => {});
  });
});
