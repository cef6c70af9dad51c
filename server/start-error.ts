/** Why the server did not start, as one sentence for whoever started it. Nothing was changed on disk. */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StartError';
  }
}
