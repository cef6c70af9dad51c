// How long a visitor waits for the first words of a reply through Casement, which stores the message and the words before
// it sends them, next to asking the same model directly. Both in turn, in one run, over connections that are kept open.
// The server is a process of its own: this file again, with "server" as its argument, and without limits.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { seedDemoKnowledge } from '../server/demo/seed-demo-knowledge.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../test/support/fake-openai.ts';
import { type Address, openVisitor } from '../test/support/frame-visitor.ts';
import { startCasement } from '../test/support/start-casement.ts';
import { formatSpread, printTable, type Spread, spreadOf } from './statistics.ts';

const ROUNDS = 300;
const WARM_UP = 50;
const ROUNDS_PER_VISITOR = 100;
const QUESTION = 'What does Casement cost?';
const SHOP = 'https://shop.example';

type Server = Address & { readonly publicKey: string };
type Target = { readonly port: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };

const agent = new Agent({ keepAlive: true });

const [, , role, modelUrl] = process.argv;
if (role === 'server' && modelUrl !== undefined) await serve(modelUrl);
else await measure();

/** Tells its parent where it listens, and stops when the parent lets go. */
async function serve(baseUrl: string): Promise<void> {
  const casement = await startCasement({ config: { model: { baseUrl, apiKey: 'sk-bench', name: 'bench' } } });
  const limits = { messagesPerMinute: 600, messagesPerDay: 10_000_000 };
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP], settings: { limits } });
  await seedDemoKnowledge(widget.id, fileURLToPath(new URL('../..', import.meta.url)));
  const { port, host, origin } = casement;
  process.send?.({ port, host, origin, publicKey } satisfies Server);
  await once(process, 'disconnect');
  await casement.stop();
}

async function measure(): Promise<void> {
  const model = await startFakeOpenAi();
  model.answerWith((call) => {
    for (const word of ['Nothing', ' [1]', '.']) call.say(word);
    call.finish();
  });
  const child = fork(fileURLToPath(import.meta.url), ['server', model.baseUrl]);
  const server = await readServer(child);
  const times = await ask(server, model);
  report(times);
  agent.destroy();
  child.disconnect();
  await once(child, 'exit');
  await model.stop();
}

async function readServer(child: ChildProcess): Promise<Server> {
  const [server]: Server[] = await once(child, 'message');
  if (server === undefined) throw new Error('The server did not start');
  return server;
}

type Times = { readonly direct: number[]; readonly begun: number[]; readonly continued: number[] };

async function ask(server: Server, model: FakeOpenAi): Promise<Times> {
  const times: Times = { direct: [], begun: [], continued: [] };
  let token = '';
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    if (round % ROUNDS_PER_VISITOR === 0) ({ token } = await openVisitor(server, { ...server, origin: SHOP }));
    const direct = await askModel(model);
    const begun = await askCasement(server, token, {});
    const continued = await askCasement(server, token, { conversationId: begun.conversationId });
    if (round < WARM_UP) continue;
    times.direct.push(direct.elapsedMs);
    times.begun.push(begun.elapsedMs);
    times.continued.push(continued.elapsedMs);
  }
  return times;
}

function report({ direct, begun, continued }: Times): void {
  const base = spreadOf(direct);
  const row = (what: string, spread: Spread, must: string, aim: string) => [
    what,
    formatSpread(spread),
    (spread.median - base.median).toFixed(2),
    (spread.median / base.median).toFixed(2),
    must,
    aim,
  ];
  printTable(`First token of a reply, ${ROUNDS} rounds`, [
    ['what', 'ms, median (quartiles)', 'more than direct, ms', 'ratio', 'must', 'aim'],
    row('the model directly', base, '', ''),
    row('through Casement, a new conversation', spreadOf(begun), '+ 5', '+ 2'),
    row('through Casement, a conversation that goes on', spreadOf(continued), '+ 5', '+ 2'),
  ]);
}

function askModel(model: FakeOpenAi) {
  const { port } = new URL(model.baseUrl);
  const body = { model: 'bench', stream: true, messages: [{ role: 'user', content: QUESTION }] };
  return timeUntil('"content"', { port, path: '/v1/chat/completions', headers: {} }, body);
}

async function askCasement({ port, host, origin }: Server, token: string, fields: object) {
  const headers = { host, origin, authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  const target = { port: String(port), path: '/api/v1/widget/chat', headers };
  const body = { ...fields, messageId: randomUUID(), text: QUESTION };
  const { elapsedMs, text } = await timeUntil('event: reply-delta', target, body);
  const [, conversationId = ''] = /"conversationId":"([^"]+)"/.exec(text) ?? [];
  return { elapsedMs, conversationId };
}

/** Posts the body and reads the whole answer; the time is the one at which `mark` had arrived. */
async function timeUntil(mark: string, { port, path, headers }: Target, body: object) {
  const json = JSON.stringify(body);
  const startedAt = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, path, agent, method: 'POST' },
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json), ...headers },
    });
    sent.on('response', resolve).on('error', reject).end(json);
  });
  let text = '';
  let elapsedMs = Number.NaN;
  for await (const part of response.setEncoding('utf8')) {
    text += part;
    if (Number.isNaN(elapsedMs) && text.includes(mark)) elapsedMs = performance.now() - startedAt;
  }
  if (Number.isNaN(elapsedMs)) throw new Error(`No "${mark}" in the answer ${response.statusCode}: ${text}`);
  return { elapsedMs, text };
}
