/** Where a command reads its environment from and what it writes to. */
export type CommandPlace = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The built child script of the embedded store. */
  readonly embeddedDbEntry: string;
  /** What the command was asked for. */
  readonly output: NodeJS.WritableStream;
  /** What whoever runs it should know beside that. */
  readonly notes: NodeJS.WritableStream;
};

export type Command = {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Everything about it, for `--help`. */
  readonly help: string;
  /**
   * Answers the code the process ends with. Rejects with a CommandError, or with an error of the server that is a sentence
   * for people.
   */
  run(args: readonly string[], place: CommandPlace): Promise<number>;
};

/** Why a command did nothing, as one sentence for whoever ran it. */
export class CommandError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CommandError';
  }
}

/** What `parse` makes of a command's arguments with Node's `parseArgs`. Throws a CommandError for what it refuses. */
export function readOptions<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const [sentence = ''] = cause instanceof Error ? cause.message.split('. ') : [];
    throw new CommandError(sentence, cause);
  }
}
