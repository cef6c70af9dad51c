import { randomBytes } from 'node:crypto';
import { MongoError } from '../errors.ts';
import type { CursorSource } from './cursor-source.ts';

/** An open cursor. `namespace` is the one it must be asked for again. */
export type Cursor = { namespace: string; source: CursorSource; isImmortal: boolean };

export type Cursors = {
  /** Keeps a cursor for later batches and returns its id, which is never 0. */
  add(cursor: Cursor): bigint;
  /** Takes a cursor out while a batch is read from it. Throws CursorNotFound (43), also for another namespace. */
  take(id: bigint, namespace: string): Cursor;
  putBack(id: bigint, cursor: Cursor): void;
  /** Says whether there was one. */
  kill(id: bigint, namespace: string): boolean;
  /** How many are open. */
  count(): number;
  /** Forgets cursors that nobody asked for in ten minutes. */
  expire(): void;
};

const IDLE_LIMIT_MS = 10 * 60_000;

export function createCursors(now: () => number = Date.now): Cursors {
  const cursors = new Map<bigint, Cursor & { usedAt: number }>();
  const has = (id: bigint, namespace: string) => cursors.get(id)?.namespace === namespace;
  return {
    add(cursor) {
      let id = 0n;
      while (id === 0n || cursors.has(id)) id = randomBytes(8).readBigUInt64BE() >> 1n;
      cursors.set(id, { ...cursor, usedAt: now() });
      return id;
    },
    take(id, namespace) {
      const cursor = cursors.get(id);
      if (!cursor || cursor.namespace !== namespace)
        throw new MongoError('CursorNotFound', `cursor id ${id} not found`);
      cursors.delete(id);
      return cursor;
    },
    putBack: (id, cursor) => void cursors.set(id, { ...cursor, usedAt: now() }),
    kill: (id, namespace) => has(id, namespace) && cursors.delete(id),
    count: () => cursors.size,
    expire() {
      for (const [id, { usedAt, isImmortal }] of cursors)
        if (!isImmortal && now() - usedAt > IDLE_LIMIT_MS) cursors.delete(id);
    },
  };
}
