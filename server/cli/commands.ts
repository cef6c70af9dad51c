import { type Command, CommandError } from './command.ts';
import { doctor } from './doctor.ts';
import { init } from './init.ts';

/** What `casement <name>` can be. */
const COMMANDS: Readonly<Record<string, Command>> = { init, doctor };

/** Throws a CommandError that names the commands there are. */
export function findCommand(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command;
  throw new CommandError(`There is no command "${name}"; there is ${Object.keys(COMMANDS).join(', ')}`);
}

/** The list of commands. */
export function describeCommands(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return ['casement <command> [--help]', '', ...lines, ''].join('\n');
}
