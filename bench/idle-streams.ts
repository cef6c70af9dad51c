// How much memory a chat stream costs on which nothing happens: a server in a process of its own, with a model that says
// one word and then nothing more. First every visitor reads the reply that this process produces for them, with its own
// call to the model; then each opens the same reply a second time, which is what one more reader costs and nothing else.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type FrameVisitor, openVisitor } from '../test/support/frame-visitor.ts';
import { startCasement } from '../test/support/start-casement.ts';
import { printTable } from './statistics.ts';

const WANTED_STREAMS = 2_000;
const WARM_UP_STREAMS = 100;
const AT_ONCE = 20;
const SHOP = 'https://shop.example';

type Memory = Pick<NodeJS.MemoryUsage, 'rss' | 'heapUsed' | 'external'>;
type Target = { readonly port: number; readonly host: string; readonly origin: string; readonly publicKey: string };
/** Where a stream is asked for: a new message, or a reply that is under way. */
type Source = { readonly method: 'POST' | 'GET'; readonly path: string; readonly body?: string };
type Reader = { readonly visitor: FrameVisitor; readonly answer: IncomingMessage; readonly replyId: string };

const [, , role, modelUrl = ''] = process.argv;
if (role === 'casement') await serve();
else await measure();

/** Answers `memory` with what the process uses once everything unused is gone. */
async function serve(): Promise<void> {
  const model = { baseUrl: modelUrl, apiKey: undefined, name: 'silent' };
  const casement = await startCasement({ config: { model, trustProxyHops: 1 } });
  const limits = { messagesPerMinute: 600, messagesPerDay: 10_000_000 };
  const { publicKey } = await casement.createWidget({ allowlist: [SHOP], settings: { limits } });
  const { port, host, origin } = casement;
  process.send?.({ port, host, origin, publicKey } satisfies Target);
  process.on('message', async () => {
    for (let time = 0; time < 5; time++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    process.send?.(process.memoryUsage() satisfies Memory);
  });
  await once(process, 'disconnect');
  await casement.stop();
}

async function measure(): Promise<void> {
  const model = await startSilentModel();
  const child = fork(fileURLToPath(import.meta.url), ['casement', model.url], { execArgv: ['--expose-gc'] });
  const [target]: Target[] = await once(child, 'message');
  if (target === undefined) throw new Error('The server did not start');
  const count = affordableStreams();

  const warmUp = await openReaders(await openVisitors(target, WARM_UP_STREAMS), target);
  for (const { answer } of warmUp) answer.destroy();
  const visitors = await openVisitors(target, count);
  const before = await memoryOf(child);
  const first = await openReaders(visitors, target);
  const withReplies = await memoryOf(child);
  const second = await openReaders(visitors, target, first);
  const withReaders = await memoryOf(child);

  printTable(`${count} idle chat streams, KB of memory for each`, [
    ['what', 'resident', 'heap', 'outside the heap', 'must', 'aim'],
    ['one more reader of a reply', ...costs(withReplies, withReaders, count), '30', '20'],
    ['a reply with its reader and its call to the model', ...costs(before, withReplies, count), '', ''],
  ]);
  for (const { answer } of [...first, ...second]) answer.destroy();
  child.disconnect();
  await once(child, 'exit');
  model.stop();
}

function costs(before: Memory, after: Memory, count: number): string[] {
  return (['rss', 'heapUsed', 'external'] as const).map((kind) =>
    ((after[kind] - before[kind]) / count / 1_000).toFixed(1),
  );
}

/** Every stream is a file here and there, and so is every call to the model. */
function affordableStreams(): number {
  const report = process.report?.getReport() as { userLimits?: { open_files?: { soft: number | 'unlimited' } } };
  const files = report.userLimits?.open_files?.soft ?? 1_024;
  const affordable = files === 'unlimited' ? WANTED_STREAMS : Math.floor((files - 200) / 4);
  if (affordable < WANTED_STREAMS) console.log(`Only ${files} files may be open (ulimit -n), so fewer streams.`);
  return Math.min(WANTED_STREAMS, affordable);
}

async function memoryOf(child: ChildProcess): Promise<Memory> {
  child.send('memory');
  const [memory]: Memory[] = await once(child, 'message');
  if (memory === undefined) throw new Error('The server did not say how much memory it uses');
  return memory;
}

async function openVisitors(target: Target, count: number): Promise<FrameVisitor[]> {
  const site = { publicKey: target.publicKey, origin: SHOP };
  return inTurns(Array.from({ length: count }), () => openVisitor(target, site));
}

/** Opens a stream for each visitor: of a new message, or again of what they read in `already`. */
function openReaders(visitors: readonly FrameVisitor[], target: Target, already: readonly Reader[] = []) {
  return inTurns(visitors, async (visitor, index): Promise<Reader> => {
    const { replyId } = already[index] ?? {};
    const source: Source =
      replyId === undefined
        ? { method: 'POST', path: '/chat', body: JSON.stringify({ messageId: randomUUID(), text: 'Hello' }) }
        : { method: 'GET', path: `/chat/${replyId}` };
    // Each from an address of its own, as visitors come.
    const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
    return { visitor, ...(await openStream(target, visitor, { source, address })) };
  });
}

/** Resolves when the first word has come; from then on nothing happens on the stream. */
function openStream(
  { port, host, origin }: Target,
  { token }: FrameVisitor,
  { source, address }: { readonly source: Source; readonly address: string },
): Promise<Omit<Reader, 'visitor'>> {
  return new Promise((resolve, reject) => {
    const headers = {
      host,
      origin,
      authorization: `Bearer ${token}`,
      'x-forwarded-for': address,
      ...(source.body !== undefined && { 'content-type': 'application/json' }),
    };
    const path = `/api/v1/widget${source.path}`;
    const sent = request({ host: '127.0.0.1', port, method: source.method, path, headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${source.method} ${path} was answered ${answer.statusCode}`));
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        const [, replyId = source.path.split('/').at(-1) ?? ''] = /"replyId":"([^"]+)"/.exec(text) ?? [];
        if (text.includes('event: reply-delta')) resolve({ answer, replyId });
      });
      answer.on('error', () => {});
    });
    sent.on('error', reject);
    sent.end(source.body);
  });
}

async function inTurns<T, R>(list: readonly T[], run: (one: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < list.length; start += AT_ONCE) {
    const turn = list.slice(start, start + AT_ONCE).map((one, index) => run(one, start + index));
    results.push(...(await Promise.all(turn)));
  }
  return results;
}

/** A model that answers every question with one word and never says that it has finished. */
async function startSilentModel(): Promise<{ readonly url: string; stop(): void }> {
  const chunk = { id: 'silent', object: 'chat.completion.chunk', created: 0, model: 'silent' };
  const choices = [{ index: 0, delta: { content: 'Well' }, finish_reason: null }];
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
