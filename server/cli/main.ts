#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config.ts';
import { SecretBoxError } from '../domain/secret-box.ts';
import { EmbeddedDbError } from '../embedded-db/start-embedded-db.ts';
import { AppError } from '../errors.ts';
import { StartError } from '../start-error.ts';
import { CommandError } from './command.ts';
import { describeCommands, findCommand } from './commands.ts';

/** Errors whose message is a sentence for whoever runs a command. */
const FOR_PEOPLE = [CommandError, ConfigError, StartError, EmbeddedDbError, SecretBoxError, AppError];

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(describeCommands());
    return;
  }
  const command = findCommand(name);
  if (args.includes('--help')) {
    process.stdout.write(`${command.help.trim()}\n`);
    return;
  }
  process.exitCode = await command.run(args, {
    environment: process.env,
    // Beside this file in `dist`.
    embeddedDbEntry: fileURLToPath(new URL('server/embedded-db.js', import.meta.url)),
    output: process.stdout,
    notes: process.stderr,
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isForPeople = FOR_PEOPLE.some((kind) => error instanceof kind);
  const words = error instanceof Error ? (isForPeople ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
});
