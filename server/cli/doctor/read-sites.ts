import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { EmbeddedDbError, startEmbeddedDb } from '../../embedded-db/start-embedded-db.ts';
import { connectStore } from '../../store/connect.ts';
import { listAllowlists } from '../../store/widget-settings.ts';
import type { StoredSites } from './check-sites.ts';

const MOST_WIDGETS = 1_000;
const NO_ANSWER = { why: 'MONGODB_URI does not answer', cure: 'Start MongoDB, or correct its address' };
const IN_USE = 'Stop the server and run this again; with MONGODB_URI both can run at once';

export type ReadSites = { readonly widgets: readonly StoredSites[] } | { readonly why: string; readonly cure: string };

/** The allowlists of all widgets, or one sentence why they cannot be read. Nothing is made that is not there. */
export async function readSites(
  { mongodbUri, dataDirectory }: Pick<Config, 'mongodbUri' | 'dataDirectory'>,
  childEntry: string,
): Promise<ReadSites> {
  if (mongodbUri !== undefined) return await readFrom(mongodbUri, NO_ANSWER);
  const directory = join(dataDirectory, 'store');
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!isThere) return { widgets: [] };
  try {
    const embedded = await startEmbeddedDb({ directory, childEntry });
    try {
      return await readFrom(embedded.uri, { why: `The store in "${dataDirectory}" does not answer`, cure: IN_USE });
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    if (error instanceof EmbeddedDbError) return { why: error.message, cure: IN_USE };
    throw error;
  }
}

async function readFrom(uri: string, failure: { readonly why: string; readonly cure: string }): Promise<ReadSites> {
  try {
    const connection = await connectStore(uri);
    try {
      return { widgets: await listAllowlists(MOST_WIDGETS) };
    } finally {
      await connection.close();
    }
  } catch {
    // What the driver says may have the address in it, and that a password.
    return failure;
  }
}
