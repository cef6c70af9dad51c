import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDice } from '../../support/embedded-db-fuzz.ts';
import { type StoreOwner, startStoreOwner } from '../../support/embedded-db-process.ts';

const ROUNDS = 8;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'embedded-db-kill-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Waits for a fact; the moment of the kill itself is the dice's. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(2);
}

/** What must be there after the kill: the last acknowledged state of each key, of all rounds so far. */
function learn(known: Map<string, number | 'gone'>, lines: string[]): void {
  for (const line of lines) {
    const [key = '', n] = line.slice(1).split(' ');
    known.set(key, line.startsWith('+') ? Number(n) : 'gone');
  }
}

/** What is in the store but should not be, and what should be and is not. A write in flight may be there or not. */
async function findLosses(uri: string, known: Map<string, number | 'gone'>): Promise<string[]> {
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

describe('a kill -9 at a random moment loses nothing that was acknowledged', () => {
  it.each<['owner' | 'child' | 'both']>([['owner'], ['child'], ['both']])('of the %s', async (victim) => {
    const dice = createDice(victim.length);
    const known = new Map<string, number | 'gone'>();
    for (let round = 0; round < ROUNDS; round++) {
      const owner = await startStoreOwner(directory, 'writes');
      const moment = 10 + dice.below(120);
      await until(() => owner.acknowledged.length >= moment);
      kill(owner, victim);
      await owner.exited;
      learn(known, owner.acknowledged);
      const after = await startStoreOwner(directory, 'idle');
      expect(await findLosses(after.uri, known)).toEqual([]);
      kill(after, 'both');
      await after.exited;
    }
    expect(known.size).toBeGreaterThan(ROUNDS);
  });
});

function kill(owner: StoreOwner, victim: 'owner' | 'child' | 'both'): void {
  if (victim !== 'owner') owner.kill('child');
  if (victim !== 'child') owner.kill('owner');
}
