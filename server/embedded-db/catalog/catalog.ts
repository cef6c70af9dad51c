import { randomUUID } from 'node:crypto';
import { Int32, UUID } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { prefixRange } from '../storage/keys.ts';
import type { ReadView, WriteView } from '../storage/store.ts';
import { type CollectionDefinition, databaseOf, ID_INDEX_SLOT, type IndexDefinition } from './definitions.ts';
import { decodeDefinition, encodeDefinition } from './stored-definition.ts';

const VERSION_KEY = Buffer.from('version');
const NEXT_ID_KEY = Buffer.from('next-collection-id');
const NAMESPACE_PREFIX = 'n:';

/**
 * Which collections and indexes there are, as the given view sees them. A reader that started before an index was dropped
 * still gets the definition that belongs to the entries it sees: the version is read in the same view.
 */
export type Catalog = {
  find(view: ReadView, namespace: string): CollectionDefinition | undefined;
  list(view: ReadView, database?: string): CollectionDefinition[];
  /** Makes a collection with its `_id_` index. The caller has checked that there is none of this name. */
  create(view: WriteView, namespace: string, options: Document): CollectionDefinition;
  save(view: WriteView, definition: CollectionDefinition): void;
  remove(view: WriteView, namespace: string): void;
};

export function createCatalog(): Catalog {
  let lastVersion = 0;
  let cache = { version: -1, definitions: new Map<string, CollectionDefinition | undefined>() };

  function definitionsOf(view: ReadView): Map<string, CollectionDefinition | undefined> {
    const version = readNumber(view, VERSION_KEY);
    if (version !== cache.version) cache = { version, definitions: new Map() };
    return cache.definitions;
  }

  // A version is never used twice in this process, not even when the transaction that made it was undone:
  // otherwise definitions cached under it could be taken for those of another transaction.
  function changeVersion(view: WriteView): void {
    lastVersion = Math.max(lastVersion, readNumber(view, VERSION_KEY)) + 1;
    writeNumber(view, VERSION_KEY, lastVersion);
  }

  function find(view: ReadView, namespace: string): CollectionDefinition | undefined {
    const definitions = definitionsOf(view);
    if (definitions.has(namespace)) return definitions.get(namespace);
    const bytes = view.get('meta', namespaceKey(namespace));
    const definition = bytes && decodeDefinition(namespace, bytes);
    definitions.set(namespace, definition);
    return definition;
  }

  function save(view: WriteView, definition: CollectionDefinition): void {
    changeVersion(view);
    view.put('meta', namespaceKey(definition.namespace), encodeDefinition(definition));
  }

  return {
    find,
    save,
    list: (view, database) => listNamespaces(view, database).flatMap((namespace) => find(view, namespace) ?? []),
    create(view, namespace, options) {
      const id = readNumber(view, NEXT_ID_KEY) + 1;
      writeNumber(view, NEXT_ID_KEY, id);
      const uuid = new UUID(randomUUID());
      const definition = { id, namespace, uuid, options, indexes: [createIdIndex()], nextSlot: ID_INDEX_SLOT + 1 };
      save(view, definition);
      return definition;
    },
    remove(view, namespace) {
      changeVersion(view);
      view.remove('meta', namespaceKey(namespace));
    },
  };
}

/** The names of all databases that have a collection. */
export function listDatabaseNames(view: ReadView): string[] {
  return [...new Set(listNamespaces(view, undefined).map(databaseOf))];
}

function listNamespaces(view: ReadView, database: string | undefined): string[] {
  const prefix = namespaceKey(database === undefined ? '' : `${database}.`);
  const names: string[] = [];
  for (const { key } of view.range('meta', prefixRange(prefix))) {
    names.push(key.toString('utf8', NAMESPACE_PREFIX.length));
  }
  return names;
}

function createIdIndex(): IndexDefinition {
  return {
    slot: ID_INDEX_SLOT,
    name: '_id_',
    key: { _id: new Int32(1) },
    fields: [{ path: '_id', direction: 1 }],
    unique: true,
    sparse: false,
    hidden: false,
    partialFilterExpression: undefined,
    expireAfterSeconds: undefined,
    arrays: [false],
    hasCutKeys: false,
  };
}

function namespaceKey(namespace: string): Buffer {
  return Buffer.from(NAMESPACE_PREFIX + namespace, 'utf8');
}

function readNumber(view: ReadView, key: Buffer): number {
  return view.get('meta', key)?.readUIntBE(0, 6) ?? 0;
}

function writeNumber(view: WriteView, key: Buffer, value: number): void {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  view.put('meta', key, bytes);
}
