// How many configurations the server answers in a second of one core, signed and with an ETag, next to a bare node:http
// server that does the same with the same bytes: HMAC-SHA256 once a second, If-None-Match compared. Each is a process of
// its own, and what counts is the processor time it has used, so that whatever else the machine does falls on neither.
import { type ChildProcess, fork } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { signedText } from '../shared/signature.ts';
import { startCasement } from '../test/support/start-casement.ts';
import { formatSpread, printTable, spreadOf } from './statistics.ts';

const ROUNDS = 9;
const ROUND_MS = 2_000;
const WARM_UP_MS = 3_000;
const CONNECTIONS = 32;
const SHOP = 'https://shop.example';
const PATH = '/api/v1/widget/config';

type Cpu = { readonly micros: number };
type Target = { readonly port: number; readonly host: string; readonly path: string };

const [, , role, sample = ''] = process.argv;
if (role === 'casement') await serveCasement();
else if (role === 'bare') await serveBare(Buffer.from(sample, 'base64').toString());
else await measure();

async function serveCasement(): Promise<void> {
  const casement = await startCasement();
  const { publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  const { port, host } = casement;
  process.send?.({ port, host, path: `${PATH}?key=${publicKey}` } satisfies Target);
  await untilDisconnected();
  await casement.stop();
}

/** The least that gives the same answer: what a route has to know is known, and nothing is looked up. */
async function serveBare(body: string): Promise<void> {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const etag = `"${Buffer.from(bodyHash, 'hex').toString('base64url').slice(0, 22)}"`;
  const secret = Buffer.alloc(32, 7);
  let second = 0;
  let signature = '';
  const server = createServer((incoming, response) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      second = now;
      const text = signedText({ t: now, method: 'GET', path: PATH, status: 200, bodyHash });
      signature = `t=${now},kid=bench,v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
    }
    const headers = {
      'Cache-Control': 'public, max-age=60, stale-while-revalidate=300',
      'Access-Control-Allow-Origin': SHOP,
      'Casement-Signature': signature,
      ETag: etag,
      Vary: 'Origin, Accept-Language',
    };
    if (incoming.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const type = 'application/json; charset=utf-8';
    response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, host: `127.0.0.1:${port}`, path: PATH } satisfies Target);
  await untilDisconnected();
  server.closeAllConnections();
  server.close();
}

/** Tells the processor time it has used whenever it is asked. */
async function untilDisconnected(): Promise<void> {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ micros: user + system } satisfies Cpu);
  });
  await once(process, 'disconnect');
}

async function measure(): Promise<void> {
  const casement = await start('casement');
  const answer = await ask(casement.target);
  const bare = await start('bare', Buffer.from(answer.body).toString('base64'));
  const rows: string[][] = [];
  for (const [what, etag] of [
    ['200 with the whole body', undefined],
    ['304 to whoever has it', answer.etag],
  ] as const) {
    const rates = await takeTurns({ casement, bare }, etag);
    const ratio = spreadOf(rates.casement.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN)));
    const isGraded = etag === undefined;
    rows.push([
      what,
      spreadOf(rates.bare).median.toFixed(0),
      spreadOf(rates.casement).median.toFixed(0),
      formatSpread(ratio),
      isGraded ? '0.55' : '',
      isGraded ? '0.9' : '',
    ]);
  }
  printTable(`GET /config, ${CONNECTIONS} connections, ${ROUNDS} rounds`, [
    ['answer', 'bare node:http, for each second of a core', 'Casement', 'ratio (quartiles)', 'must', 'aim'],
    ...rows,
  ]);
  for (const { child } of [casement, bare]) {
    child.disconnect();
    await once(child, 'exit');
  }
}

type Running = { readonly child: ChildProcess; readonly target: Target };

async function start(name: string, ...parameters: string[]): Promise<Running> {
  const child = fork(fileURLToPath(import.meta.url), [name, ...parameters]);
  const [target]: Target[] = await once(child, 'message');
  if (target === undefined) throw new Error(`"${name}" did not start`);
  return { child, target };
}

async function takeTurns(running: { readonly casement: Running; readonly bare: Running }, etag: string | undefined) {
  const rates = { casement: [] as number[], bare: [] as number[] };
  for (const one of [running.casement, running.bare]) await load(one, etag, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? (['casement', 'bare'] as const) : (['bare', 'casement'] as const);
    for (const name of order) rates[name].push(await load(running[name], etag, ROUND_MS));
  }
  return rates;
}

/** Asks over so many connections at once; answers how many answers a second of processor time was good for. */
async function load({ child, target }: Running, etag: string | undefined, durationMs: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const before = await cpuOf(child);
  const startedAt = performance.now();
  let answers = 0;
  const isOver = () => performance.now() - startedAt >= durationMs;
  const worker = async () => {
    while (!isOver()) {
      await ask(target, etag, agent);
      answers++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
  return (answers * 1_000_000) / ((await cpuOf(child)) - before);
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [cpu]: Cpu[] = await once(child, 'message');
  return cpu?.micros ?? Number.NaN;
}

function ask({ port, host, path }: Target, etag?: string, agent?: Agent): Promise<{ body: string; etag: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host, origin: SHOP, ...(etag !== undefined && { 'if-none-match': etag }) };
    const sent = request({ host: '127.0.0.1', port, path, headers, ...(agent && { agent }) }, (answer) => {
      const expected = etag === undefined ? 200 : 304;
      if (answer.statusCode !== expected) reject(new Error(`${answer.statusCode} in place of ${expected}`));
      readAll(answer).then((body) => resolve({ body, etag: answer.headers.etag ?? '' }), reject);
    });
    sent.on('error', reject).end();
  });
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return Buffer.concat(parts).toString();
}
