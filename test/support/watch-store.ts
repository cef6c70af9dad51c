import mongoose from 'mongoose';

/** One operation on the store, as the models of this process asked for it. */
export type StoreOperation = {
  readonly collection: string;
  readonly method: string;
  /** Filter, document and options as JSON. */
  readonly asked: string;
};

/** Every operation on the store of this process while `run` runs. One at a time. */
export async function watchStore(run: () => Promise<unknown>): Promise<readonly StoreOperation[]> {
  const operations: StoreOperation[] = [];
  mongoose.set('debug', (collection: string, method: string, ...asked: unknown[]) => {
    operations.push({ collection, method, asked: JSON.stringify(asked) ?? '' });
  });
  try {
    await run();
  } finally {
    mongoose.set('debug', false);
  }
  return operations;
}
