import type { CollectionDefinition } from '../catalog/definitions.ts';
import type { WriteView } from '../storage/store.ts';
import type { Engine } from './command.ts';

/** The collection a document is about to be written to; it is made when it is not there yet, as MongoDB does. */
export function collectionForWrite(engine: Engine, view: WriteView, namespace: string): CollectionDefinition {
  return engine.catalog.find(view, namespace) ?? engine.catalog.create(view, namespace, {});
}
