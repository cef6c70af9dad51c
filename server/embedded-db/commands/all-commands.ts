import { aggregateCommands } from './aggregate.ts';
import { collectionCommands } from './collection-commands.ts';
import type { Commands } from './command.ts';
import { countCommands } from './count-distinct.ts';
import { cursorCommands } from './cursor-batches.ts';
import { deleteCommands } from './delete.ts';
import { explainCommands } from './explain.ts';
import { findCommands } from './find.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { handshakeCommands } from './handshake.ts';
import { indexCommands } from './index-commands.ts';
import { insertCommands } from './insert.ts';
import { statisticsCommands } from './statistics.ts';
import { updateCommands } from './update.ts';
import { validateCommands } from './validate.ts';

/** Every command this store answers. Any other one is CommandNotFound. */
export const ALL_COMMANDS: Commands = {
  ...handshakeCommands,
  ...findCommands,
  ...cursorCommands,
  ...insertCommands,
  ...updateCommands,
  ...deleteCommands,
  ...findAndModifyCommands,
  ...countCommands,
  ...aggregateCommands,
  ...explainCommands,
  ...collectionCommands,
  ...indexCommands,
  ...statisticsCommands,
  ...validateCommands,
};
