import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server was asked, as a `POST /v1/chat/completions`. */
export type CompletionRequest = {
  readonly model: string;
  readonly stream: boolean;
  readonly temperature?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};

export type FakeCall = {
  readonly request: CompletionRequest;
  readonly authorization: string | undefined;
  /** Streams the next piece of text. */
  say(text: string): void;
  /** Streams a chunk with anything in its choice. */
  choose(choice: object): void;
  /** Writes bytes into the stream as they are. */
  write(bytes: string | Buffer): void;
  /** Ends the stream as a model does that has said everything. */
  finish(reason?: string): void;
  /** Ends the stream without a word about it. */
  end(): void;
  /** Breaks the connection. */
  drop(): void;
  /** Answers with an error in place of a stream. */
  refuse(status: number, error?: object, headers?: Readonly<Record<string, string>>): void;
  /** Resolves when the caller has gone or everything was sent. */
  readonly closed: Promise<void>;
};

export type FakeOpenAi = {
  /** As for `AI_BASE_URL`. */
  readonly baseUrl: string;
  readonly calls: readonly FakeCall[];
  /** The call of this number, from 0, as soon as it is made. */
  call(number: number): Promise<FakeCall>;
  /** From now on every call is answered so, beside what a test does with it. */
  answerWith(answer: (call: FakeCall) => void): void;
  stop(): Promise<void>;
};

/**
 * A server of the Chat Completions API (https://platform.openai.com/docs/api-reference/chat) that does what a test tells
 * it to, also what no model should.
 */
export async function startFakeOpenAi(): Promise<FakeOpenAi> {
  const calls: FakeCall[] = [];
  const waiting = new Map<number, (call: FakeCall) => void>();
  let answer: (call: FakeCall) => void = () => {};

  const server = createServer((request, response) => {
    void readCall(request, response).then((call) => {
      waiting.get(calls.push(call) - 1)?.(call);
      answer(call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    call(number) {
      const made = calls[number];
      return made === undefined ? new Promise((resolve) => waiting.set(number, resolve)) : Promise.resolve(made);
    },
    answerWith(next) {
      answer = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Says each piece after the one before it has had the time to arrive on its own. */
export async function sayInTurn(call: FakeCall, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    call.say(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function readCall(request: IncomingMessage, response: ServerResponse): Promise<FakeCall> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const id = 'chatcmpl-fake';
  const body = JSON.parse(Buffer.concat(parts).toString()) as CompletionRequest;

  function write(bytes: string | Buffer): void {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(bytes);
  }
  function choose(choice: object): void {
    const chunk = { id, object: 'chat.completion.chunk', created: 0, model: body.model };
    const choices = [{ index: 0, delta: {}, finish_reason: null, ...choice }];
    write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`);
  }
  return {
    request: body,
    authorization: request.headers.authorization,
    say: (text) => choose({ delta: { content: text } }),
    choose,
    write,
    finish(reason = 'stop') {
      choose({ finish_reason: reason });
      write('data: [DONE]\n\n');
      response.end();
    },
    end: () => response.end(),
    drop: () => request.socket.destroy(),
    refuse(status, error = { message: 'No', type: 'error' }, headers = {}) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ error }));
    },
    closed: new Promise((resolve) => response.once('close', resolve)),
  };
}
