// How long a visitor waits for the first words of a reply through Casement, which stores the message and the words before
// it sends them, next to asking the same model directly. Both in turn, in one run, over connections that are kept open.
import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type FakeCall, startFakeOpenAi } from '../test/support/fake-openai.ts';
import { openVisitor } from '../test/support/frame-visitor.ts';
import { readDemoKey } from './bench-page.ts';
import { startServer } from './running-server.ts';
import { formatSpread, printTable, type Spread, spreadOf } from './statistics.ts';

const ROUNDS = 300;
const WARM_UP = 50;
const QUESTION = 'What does Casement cost?';

const model = await startFakeOpenAi();
model.answerWith(speak);
const server = await startServer({ AI_BASE_URL: model.baseUrl, AI_API_KEY: 'sk-bench', AI_MODEL: 'bench' });
const { port, host, origin } = new URL(server.widgetOrigin);
const address = { port: Number(port), host, origin };
const publicKey = await readDemoKey(server.shopOrigin);
const { token } = await openVisitor(address, { publicKey, origin: server.shopOrigin });
const agent = new Agent({ keepAlive: true });

const direct: number[] = [];
const begun: number[] = [];
const continued: number[] = [];
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  const directMs = await askModel();
  const first = await askCasement({});
  const second = await askCasement({ conversationId: first.conversationId });
  if (round < WARM_UP) continue;
  direct.push(directMs);
  begun.push(first.elapsedMs);
  continued.push(second.elapsedMs);
}

const base = spreadOf(direct);
const row = (what: string, spread: Spread) => [
  what,
  formatSpread(spread),
  (spread.median - base.median).toFixed(2),
  (spread.median / base.median).toFixed(2),
];
printTable(`First token of a reply, ${ROUNDS} rounds`, [
  ['what', 'ms, median (quartiles)', 'more than direct, ms', 'ratio', 'must', 'aim'],
  [...row('the model directly', base), '', ''],
  [...row('through Casement, a new conversation', spreadOf(begun)), '+ 5', '+ 2'],
  [...row('through Casement, a conversation that goes on', spreadOf(continued)), '+ 5', '+ 2'],
]);

agent.destroy();
await server.stop();
await model.stop();

function speak(call: FakeCall): void {
  for (const word of ['Nothing', ' [1]', '.']) call.say(word);
  call.finish();
}

async function askModel(): Promise<number> {
  const { port: modelPort } = new URL(model.baseUrl);
  const body = { model: 'bench', stream: true, messages: [{ role: 'user', content: QUESTION }] };
  const { elapsedMs } = await timeUntil(
    '"content"',
    { port: modelPort, path: '/v1/chat/completions', headers: {} },
    body,
  );
  return elapsedMs;
}

async function askCasement(fields: { readonly conversationId?: string }) {
  const headers = { host, origin, authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  const body = { ...fields, messageId: randomUUID(), text: QUESTION };
  const { elapsedMs, text } = await timeUntil(
    'event: reply-delta',
    { port, path: '/api/v1/widget/chat', headers },
    body,
  );
  const [, conversationId = ''] = /"conversationId":"([^"]+)"/.exec(text) ?? [];
  return { elapsedMs, conversationId };
}

type Target = { readonly port: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };

/** Posts the body and reads the whole answer; the time is the one at which `mark` had arrived. */
async function timeUntil(mark: string, { port, path, headers }: Target, body: object) {
  const json = JSON.stringify(body);
  const startedAt = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      agent,
      method: 'POST',
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
