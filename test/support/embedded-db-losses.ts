import { MongoClient } from 'mongodb';

/** The last acknowledged state of each key that a store's owner wrote: its `n`, or that it was deleted. */
export type Acknowledged = Map<string, number | 'gone'>;

/** Adds the lines that an owner printed for its writes, see `embedded-db-owner.ts`. */
export function learn(known: Acknowledged, lines: string[]): void {
  for (const line of lines) {
    const [key = '', n] = line.slice(1).split(' ');
    known.set(key, line.startsWith('+') ? Number(n) : 'gone');
  }
}

/**
 * What is in the store but should not be, and what should be and is not; also indexes that disagree with the documents, and
 * uniqueness that is not enforced. A write in flight may be there or not.
 */
export async function findLosses(uri: string, known: Acknowledged): Promise<string[]> {
  const client = await new MongoClient(uri).connect();
  try {
    const db = client.db('test');
    const stored = new Map(
      (await db.collection('things').find().toArray()).map(({ key, n }) => [String(key), Number(n)]),
    );
    const losses: string[] = [];
    for (const [key, state] of known) {
      // Of a key that is to be deleted, the deletion may have been done and not yet acknowledged.
      const mayBeGone = Number(key.split('-')[2]) % 3 === 2;
      if (state === 'gone' && stored.has(key)) losses.push(`${key} came back`);
      if (state !== 'gone' && !stored.has(key) && !mayBeGone) losses.push(`${key} is lost`);
      if (typeof state === 'number' && state > 0 && stored.get(key) !== state) losses.push(`${key} lost its update`);
    }
    const { valid, errors } = await db.command({ validate: 'things' });
    if (!valid) losses.push(...errors);
    const [any] = stored.keys();
    const duplicate =
      any === undefined
        ? undefined
        : await db
            .collection('things')
            .insertOne({ key: any })
            .catch(({ code }) => code);
    if (any !== undefined && duplicate !== 11000) losses.push('the unique index is not enforced');
    return losses;
  } finally {
    await client.close();
  }
}
