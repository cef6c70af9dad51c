import { Int32 } from 'bson';
import { encodeKey } from '../bson-value/encode-key.ts';
import { visitPath } from '../bson-value/path-values.ts';
import { createMatchWalk } from '../cursors/scan-source.ts';
import { MongoError } from '../errors.ts';
import { encodeDocument, MAX_DOCUMENT_BYTES } from '../storage/codec.ts';
import { collectionPrefix, prefixRange } from '../storage/keys.ts';
import { countArgument, documentArgument, required, stringArgument } from './arguments.ts';
import { type Command, type Commands, namespaceOf } from './command.ts';
import { prepareFind } from './find.ts';

const count: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'fields', 'collation'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const filter = documentArgument(call.body, 'query') ?? {};
    const prepare = prepareFind({ filter, hint: call.body.hint });
    const skip = countArgument(call.body, 'skip') ?? 0;
    const limit = countArgument(call.body, 'limit') || Number.POSITIVE_INFINITY;
    const matched = await engine.store.snapshot(async (view) => {
      const collection = engine.catalog.find(view, namespace);
      if (!collection) return 0;
      if (Object.keys(filter).length === 0) return view.count('records', prefixRange(collectionPrefix(collection.id)));
      let found = 0;
      await createMatchWalk(engine.catalog, prepare(collection))({ view, deadline: call.deadline }, () => {
        found += 1;
        return found < skip + limit;
      });
      return found;
    });
    return { n: new Int32(Math.min(Math.max(matched - skip, 0), limit)), ok: 1 };
  },
};

const distinct: Command = {
  fields: ['key', 'query', 'hint', 'collation'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const path = required(stringArgument(call.body, 'key'), 'distinct', 'key');
    const prepare = prepareFind({ filter: documentArgument(call.body, 'query') ?? {}, hint: call.body.hint });
    const values = new Map<string, unknown>();
    await engine.store.snapshot(async (view) => {
      const collection = engine.catalog.find(view, namespace);
      if (!collection) return;
      await createMatchWalk(engine.catalog, prepare(collection))({ view, deadline: call.deadline }, ({ document }) => {
        visitPath(document, { parts: path.split('.'), expandLeaf: false }, (leaf) => {
          // An array counts by its elements, but only by one level of them.
          for (const value of Array.isArray(leaf) ? leaf : [leaf]) {
            const key = encodeKey(value).toString('latin1');
            if (value !== undefined && !values.has(key)) values.set(key, value);
          }
          return false;
        });
        return true;
      });
    });
    const reply = { values: [...values.values()], ok: 1 };
    if (encodeDocument(reply).length <= MAX_DOCUMENT_BYTES) return reply;
    throw new MongoError('BSONObjectTooLarge', `distinct too big, ${MAX_DOCUMENT_BYTES} bytes cap`);
  },
};

export const countCommands: Commands = { count, distinct };
