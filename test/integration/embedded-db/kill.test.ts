import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDice } from '../../support/dice.ts';
import { type Acknowledged, findLosses, learn } from '../../support/embedded-db-losses.ts';
import { type StoreOwner, startStoreOwner } from '../../support/embedded-db-process.ts';

const ROUNDS = 4;
// Each round starts two processes, which a busy machine takes its time for.
const TIMEOUT_MS = 240_000;

let directory: string;
let owners: StoreOwner[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'embedded-db-kill-'));
});
afterEach(async () => {
  for (const owner of owners) kill(owner, 'both');
  await Promise.all(owners.map((owner) => owner.exited));
  owners = [];
  rmSync(directory, { recursive: true, force: true });
});

async function startOwner(writes: 'writes' | 'idle', options?: { fileLimitKilobytes: number }): Promise<StoreOwner> {
  const owner = await startStoreOwner(directory, writes, options);
  owners.push(owner);
  return owner;
}

/** Waits for a fact; the moment of the kill itself is the dice's. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(2);
}

describe('a kill -9 at a random moment loses nothing that was acknowledged', () => {
  it.each<['owner' | 'child' | 'both']>([['owner'], ['child'], ['both']])(
    'of the %s',
    async (victim) => {
      const dice = createDice(victim.length);
      const known: Acknowledged = new Map();
      for (let round = 0; round < ROUNDS; round++) {
        const owner = await startOwner('writes');
        const moment = 10 + dice.below(80);
        await until(() => owner.acknowledged.length >= moment);
        kill(owner, victim);
        await owner.exited;
        learn(known, owner.acknowledged);
        const after = await startOwner('idle');
        expect(await findLosses(after.uri, known)).toEqual([]);
        kill(after, 'both');
        await after.exited;
      }
      expect(known.size).toBeGreaterThan(ROUNDS);
    },
    TIMEOUT_MS,
  );
});

function kill(owner: StoreOwner, victim: 'owner' | 'child' | 'both'): void {
  if (victim !== 'owner') owner.kill('child');
  if (victim !== 'child') owner.kill('owner');
}

it(
  'a full disk loses nothing that was acknowledged',
  async () => {
    if (process.platform !== 'linux') return;
    const owner = await startOwner('writes', { fileLimitKilobytes: 1_000 });
    await owner.exited;
    const known: Acknowledged = new Map();
    learn(known, owner.acknowledged);
    const after = await startOwner('idle');
    expect(await findLosses(after.uri, known)).toEqual([]);
    expect(known.size).toBeGreaterThan(100);
    kill(after, 'both');
    await after.exited;
  },
  TIMEOUT_MS,
);
