import { BSONRegExp, Int32, ObjectId } from 'bson';
import { isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { decodeDocument } from '../storage/codec.ts';
import { createDocumentWriter, type StoredDocument } from '../storage/document-writer.ts';
import { rawDocument, rawElement, rawFields, withIdFirst } from '../wire/raw-write.ts';
import { collectionForWrite } from './collection-access.ts';
import { type Command, type Commands, namespaceOf } from './command.ts';
import { encodedDocuments, runStatements, writeReply } from './write-batch.ts';

const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    let inserted = 0;
    const writeErrors = await runStatements(call, engine, encodedDocuments(call, 'documents'), (view) => {
      const writer = createDocumentWriter(view, collectionForWrite(engine, view, namespace), engine);
      return (bytes) => {
        call.deadline.check();
        writer.insert(toStored(bytes));
        inserted += 1;
      };
    });
    return writeReply({ n: new Int32(inserted) }, writeErrors);
  },
};

export const insertCommands: Commands = { insert };

/** The bytes to store: those that came, with `_id` in front, and one made when there is none. */
function toStored(bytes: Buffer): StoredDocument {
  const document = decodeDocument(bytes);
  if (Object.hasOwn(document, '_id')) {
    requireStorableId(document._id);
    return { bytes: withIdFirst(bytes), document };
  }
  const id = new ObjectId();
  const element = rawElement(7, '_id', [Buffer.from(id.id)]);
  return { bytes: Buffer.concat(rawDocument([element, rawFields(bytes)])), document: { _id: id, ...document } };
}

/** MongoDB refuses an array, a pattern, undefined, and a document with operators as `_id`. */
export function requireStorableId(id: unknown): void {
  if (Array.isArray(id) || id instanceof BSONRegExp || id === undefined) {
    const kind = Array.isArray(id) ? 'array' : id === undefined ? 'undefined' : 'regex';
    throw new MongoError('InvalidIdField', `The '_id' value cannot be of type ${kind}`);
  }
  if (isDocument(id) && Object.keys(id).some((name) => name.startsWith('$'))) {
    throw new MongoError('DollarPrefixedFieldName', "_id fields may not contain '$'-prefixed fields");
  }
}
