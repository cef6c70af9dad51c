import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../../server/gateways/model-gateway.ts';
import { createOpenAiGateway } from '../../../server/gateways/openai/openai-gateway.ts';
import { collect, createRequest, textOf } from './gateway-behaviour.ts';
import { freePort } from './server-process.ts';

// https://github.com/dwmkerr/mock-llm: a server of the same API that nobody here wrote. The last rule that matches wins.
const CONFIGURATION = `
streaming:
  chunkSize: 7
  chunkIntervalMs: 1
rules:
  - path: "/v1/chat/completions"
    match: "@"
    response:
      status: 200
      content: '{"id":"1","object":"chat.completion","created":1,"model":"mock","choices":[{"index":0,"message":{"role":"assistant","content":"Shipping takes two days [1], says 👋 the mock."},"finish_reason":"stop"}]}'
  - path: "/v1/chat/completions"
    match: "contains(body.messages[-1].content, 'wrong key')"
    response:
      status: 401
      content: '{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}'
  - path: "/v1/chat/completions"
    match: "contains(body.messages[-1].content, 'too many')"
    response:
      status: 429
      content: '{"error":{"message":"Slow down.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}}'
  - path: "/v1/chat/completions"
    match: "contains(body.messages[-1].content, 'who am I')"
    response:
      status: 200
      content: '{"id":"1","choices":[{"message":{"content":"{{jmes request headers.authorization}} {{jmes request body.model}} {{jmes request body.messages[0].role}}"}}]}'
`;

let directory: string;
let mock: ChildProcess;
let baseUrl: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casement-mock-llm-'));
  const file = join(directory, 'mock-llm.yaml');
  await writeFile(file, CONFIGURATION);
  const port = await freePort();
  const program = createRequire(import.meta.url).resolve('@dwmkerr/mock-llm');
  mock = spawn(process.execPath, [program, '--config', file], {
    cwd: directory,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: port },
  });
  baseUrl = `http://127.0.0.1:${port}/v1`;
  await untilHealthy(`http://127.0.0.1:${port}/health`);
});
afterAll(async () => {
  const gone = once(mock, 'exit');
  mock.kill();
  await gone;
  await rm(directory, { recursive: true, force: true });
});

const ask = (text: string) =>
  collect(
    createOpenAiGateway({ baseUrl, apiKey: 'sk-mock', name: 'mock' }).streamReply(
      createRequest({ messages: [{ role: 'visitor', text }] }),
    ),
  );

describe('a server of the OpenAI API that nobody here wrote', () => {
  it('is understood when it streams, sources included', async () => {
    const events = await ask('How long?');
    expect(textOf(events)).toBe('Shipping takes two days [1], says 👋 the mock.');
    expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(3);
    expect(events.filter(({ type }) => type === 'citation')).toHaveLength(1);
  });

  it('understands what it is asked', async () => {
    expect(textOf(await ask('who am I?'))).toBe('Bearer sk-mock mock system');
  });

  it.each([
    ['the wrong key?', 'MODEL_NOT_AUTHORIZED'],
    ['too many?', 'MODEL_BUSY'],
  ])('is understood when it refuses: %s', async (text, code) => {
    const error = await ask(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ code });
  });
});

async function untilHealthy(url: string): Promise<void> {
  for (;;) {
    if (mock.exitCode !== null) throw new Error(`mock-llm ended with exit code ${mock.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
