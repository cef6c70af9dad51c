import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Int32 } from 'bson';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../storage/store.ts';
import { addIndex } from './add-index.ts';
import { createCatalog, listDatabaseNames } from './catalog.ts';
import { parseIndexSpec } from './index-spec.ts';

let directory: string;
let store: Store;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'catalog-'));
  store = openStore(join(directory, 'store.mdb'));
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const spec = (name: string) => parseIndexSpec({ key: { [name]: new Int32(1) }, name });

it('forgets what an undone write made, also when the next write makes something else', async () => {
  const catalog = createCatalog();
  await store.write((view) => catalog.create(view, 'db.a', {}));
  const undone = store.write((view) => {
    catalog.create(view, 'db.undone', {});
    expect(catalog.find(view, 'db.undone')).toBeDefined();
    throw new Error('on purpose');
  });
  await expect(undone).rejects.toThrow('on purpose');
  await store.write((view) => catalog.create(view, 'db.b', {}));
  const names = store.read((view) => ['db.a', 'db.undone', 'db.b'].map((name) => catalog.find(view, name)?.namespace));
  expect(names).toEqual(['db.a', undefined, 'db.b']);
});

it('shows a reader the indexes that belong to what it reads', async () => {
  const catalog = createCatalog();
  const made = await store.write((view) => catalog.create(view, 'db.a', {}));
  await store.snapshot(async (before) => {
    await store.write((view) => addIndex(view, catalog, made, spec('x')));
    expect(catalog.find(before, 'db.a')?.indexes).toHaveLength(1);
    expect(store.read((now) => catalog.find(now, 'db.a')?.indexes)).toHaveLength(2);
  });
});

it('reads from disk what it wrote, and never gives a number out twice', async () => {
  const first = createCatalog();
  const before = await store.write((view) => {
    first.create(view, 'db.a', { x: 1 });
    first.remove(view, 'db.a');
    return addIndex(view, first, first.create(view, 'db.b', {}), spec('y'));
  });
  const second = createCatalog();
  const [found, again] = await store.write((view) => [second.find(view, 'db.b'), second.create(view, 'db.a', {})]);
  expect(found).toEqual(before);
  expect(again?.id).toBeGreaterThan(before.id);
});

it('lists databases and collections', async () => {
  const catalog = createCatalog();
  await store.write((view) => {
    for (const namespace of ['a.x', 'a.y', 'ab.x']) catalog.create(view, namespace, {});
  });
  expect(store.read((view) => listDatabaseNames(view))).toEqual(['a', 'ab']);
  expect(store.read((view) => catalog.list(view, 'a').map(({ namespace }) => namespace))).toEqual(['a.x', 'a.y']);
});
