import { Int32 } from 'bson';
import { validateCollection } from '../storage/validate-collection.ts';
import { type Command, type Commands, namespaceOf } from './command.ts';
import { requireCollection } from './index-commands.ts';

const validate: Command = {
  fields: ['full', 'checkBSONConformance', 'metadata', 'repair'],
  run(call, engine) {
    const namespace = namespaceOf(call);
    const { records, keysPerIndex, errors } = engine.store.read((view) =>
      validateCollection(view, requireCollection(engine, view, namespace)),
    );
    const keys = Array.from(keysPerIndex, ([name, count]) => [name, new Int32(count)]);
    return {
      ns: namespace,
      nrecords: new Int32(records),
      nIndexes: new Int32(keys.length),
      keysPerIndex: Object.fromEntries(keys),
      valid: errors.length === 0,
      errors,
      ok: 1,
    };
  },
};

export const validateCommands: Commands = { validate };
