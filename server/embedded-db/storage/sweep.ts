import { prefixRange } from './keys.ts';
import type { Store, WriteView } from './store.ts';

/** Keys of `meta` that say: everything under this prefix belongs to nothing any more. */
const MARK_PREFIX = Buffer.from('swept:');
const KEYS_A_TRANSACTION = 2_000;

/**
 * Marks what a dropped collection (4 bytes of prefix) or index (6 bytes) leaves behind. Dropping then costs the same
 * whatever the size, and a crash in the middle of the clearing loses nothing: the marks are still there.
 */
export function markForSweeping(view: WriteView, prefix: Buffer): void {
  view.put('meta', Buffer.concat([MARK_PREFIX, prefix]), Buffer.alloc(0));
}

/** Clears the next part of what is marked; true when there is more to do. */
export function sweepPart(store: Store): Promise<boolean> {
  return store.write((view) => {
    for (const { key } of view.range('meta', prefixRange(MARK_PREFIX))) {
      const isCleared = clearPart(view, key.subarray(MARK_PREFIX.length));
      if (isCleared) view.remove('meta', key);
      return true;
    }
    return false;
  });
}

function clearPart(view: WriteView, prefix: Buffer): boolean {
  const tables = prefix.length === 4 ? (['records', 'entries'] as const) : (['entries'] as const);
  for (const table of tables) {
    const keys: Buffer[] = [];
    for (const { key } of view.range(table, prefixRange(prefix))) {
      keys.push(key);
      if (keys.length === KEYS_A_TRANSACTION) break;
    }
    for (const key of keys) view.remove(table, key);
    if (keys.length === KEYS_A_TRANSACTION) return false;
  }
  return true;
}
