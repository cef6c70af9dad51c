// What the embedded store does in a second, through the unmodified driver over its Unix socket, next to a ping that does
// nothing: all rows in one run, in turn, so that the ratios hold on any machine. Then its start and memory with documents.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Collection, MongoClient } from 'mongodb';
import { startEmbeddedDb } from '../server/embedded-db/start-embedded-db.ts';
import { formatSpread, printTable, type Spread, spreadOf } from './statistics.ts';

const CLIENTS = [1, 16];
const ROUNDS = 7;
const ROUND_MS = 400;
const DOCUMENTS = 50_000;
const BATCH = 1_000;

type Thing = { key: string; n: number; text: string; tags: string[]; at: Date };
type Work = (index: number) => Promise<unknown>;

const childEntry = fileURLToPath(new URL('../../dist/server/embedded-db.js', import.meta.url));
const directory = await mkdtemp(join(tmpdir(), 'embedded-db-bench-'));
const emptyStart = await timedStart();
const emptyMemory = await residentMegabytes(emptyStart.store.pid);
const client = await new MongoClient(emptyStart.store.uri, { maxPoolSize: 16, minPoolSize: 16 }).connect();
const db = client.db('bench');
const things: Collection<Thing> = db.collection('things');
await things.createIndexes([{ key: { key: 1 }, unique: true }, { key: { n: 1, at: -1 } }]);

let made = 0;
const filling = performance.now();
for (let i = 0; i < DOCUMENTS; i += BATCH) await things.insertMany(Array.from({ length: BATCH }, () => makeThing()));
const documentsPerSecond = (DOCUMENTS / (performance.now() - filling)) * 1000;

const written: Collection<Thing> = db.collection('written');
await written.createIndex({ key: 1 }, { unique: true });
const rows: [what: string, work: Work][] = [
  ['ping', () => db.command({ ping: 1 })],
  ['findOne by a unique index', (i) => things.findOne({ key: `key-${(i * 7919) % DOCUMENTS}` })],
  [
    'find 20 in the order of an index',
    (i) =>
      things
        .find({ n: i % 100 })
        .sort({ at: -1 })
        .limit(20)
        .toArray(),
  ],
  [
    'updateOne by a unique index, durable',
    (i) => things.updateOne({ key: `key-${(i * 7919) % DOCUMENTS}` }, { $inc: { n: 1 } }),
  ],
  ['insertOne, durable', () => written.insertOne(makeThing())],
];

for (const clients of CLIENTS) {
  const measured = new Map<string, number[]>(rows.map(([what]) => [what, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [what, work] of rows) {
      const perSecond = await measure(clients, work);
      // The first round warms up.
      if (round > 0) measured.get(what)?.push(perSecond);
    }
  }
  const spreads = rows.map(([what]): [string, Spread] => [what, spreadOf(measured.get(what) ?? [])]);
  const floor = spreads[0]?.[1].median ?? Number.NaN;
  printTable(`Embedded store, ${clients} ${clients === 1 ? 'client' : 'clients'} at once`, [
    ['what', 'a second, median (quartiles)', 'of a ping'],
    ...spreads.map(([what, spread]) => [what, formatSpread(spread, 0), (spread.median / floor).toFixed(2)]),
  ]);
}

await client.close();
await emptyStart.store.stop();
const fullStart = await timedStart();
printTable('Embedded store, as a whole', [
  ['what', 'measured'],
  ['insertMany, documents a second, two indexes, batches of 1,000', documentsPerSecond.toFixed(0)],
  ['start to listening, empty', `${emptyStart.elapsedMs.toFixed(0)} ms`],
  [`start to listening, over ${made} documents`, `${fullStart.elapsedMs.toFixed(0)} ms`],
  ['resident memory, empty', `${emptyMemory} MB`],
  ['resident memory, started over the documents', `${await residentMegabytes(fullStart.store.pid)} MB`],
]);
await fullStart.store.stop();
await rm(directory, { recursive: true, force: true });

async function timedStart() {
  const startedAt = performance.now();
  const store = await startEmbeddedDb({ directory, childEntry });
  return { store, elapsedMs: performance.now() - startedAt };
}

/** How often a second `work` is done by so many clients, each of which asks again when it was answered. */
async function measure(clients: number, work: Work): Promise<number> {
  let done = 0;
  const startedAt = performance.now();
  const end = startedAt + ROUND_MS;
  const ask = async (client: number): Promise<void> => {
    for (let i = client; performance.now() < end; i += clients) {
      await work(i);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => ask(index)));
  return (done / (performance.now() - startedAt)) * 1000;
}

function makeThing(): Thing {
  const n = made++;
  return {
    key: `key-${n}`,
    n: n % 100,
    text: 'some words '.repeat(20),
    tags: ['a', `tag-${n % 50}`],
    at: new Date(n * 1000),
  };
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
}
