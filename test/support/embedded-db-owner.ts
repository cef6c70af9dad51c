import { MongoClient } from 'mongodb';
import { EmbeddedDbError, startEmbeddedDb } from '../../server/embedded-db/start-embedded-db.ts';

/**
 * The script of a process that owns a store: `owner <directory> <child entry> writes|idle|vanishes`. It prints `ready <uri> <pid>` or
 * `failed <code> <message>`, and then a line for every write that was acknowledged, never before it was.
 */
const [directory = '', childEntry = '', mode] = process.argv.slice(2);
const WRITERS = 4;

async function main(): Promise<void> {
  const starting = startEmbeddedDb({ directory, childEntry });
  if (mode === 'vanishes') process.kill(process.pid, 'SIGKILL');
  const store = await starting;
  process.stdout.write(`ready ${store.uri} ${store.pid}\n`);
  if (mode !== 'writes') return;
  const client = await new MongoClient(store.uri).connect();
  const things = client.db('test').collection('things');
  await things.createIndexes([{ key: { key: 1 }, unique: true }, { key: { tags: 1 } }, { key: { n: -1, key: 1 } }]);
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(client, `${process.pid}-${writer}`)));
}

/** Inserts, updates and deletes, each acknowledged by a line: `+key n` is there with this n, `-key` is not there. */
async function write(client: MongoClient, name: string): Promise<void> {
  const things = client.db('test').collection('things');
  for (let i = 0; ; i++) {
    const key = `${name}-${i}`;
    await things.insertOne({ key, n: 0, tags: [key, 'x'], text: 'x'.repeat(i % 500) });
    process.stdout.write(`+${key} 0\n`);
    if (i % 3 === 1) {
      await things.updateOne({ key }, { $set: { n: i, tags: [`u${i}`] } });
      process.stdout.write(`+${key} ${i}\n`);
    }
    if (i % 3 === 2) {
      await things.deleteOne({ key });
      process.stdout.write(`-${key}\n`);
    }
  }
}

main().catch((error: unknown) => {
  // A writer whose store was killed under it ends; its last write was not acknowledged.
  if (error instanceof EmbeddedDbError) process.stdout.write(`failed ${error.code} ${error.message}\n`);
  process.exit(1);
});
