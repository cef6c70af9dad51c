/** How many streams may be open at once: of one session, of one address, and of one widget in this process. */
export const MOST_STREAMS = { session: 2, address: 250, widget: 10_000 } as const;

/** Whom a stream is for. */
export type StreamSubjects = Readonly<Record<keyof typeof MOST_STREAMS, string>>;

/** Counts open streams by whom they are for. */
export class StreamTally {
  readonly #counts = new Map<string, number>();

  /** Counts one more stream, and answers how to count it off; `undefined`, with nothing counted, where there is no room. */
  enter({ session, address, widget }: StreamSubjects): (() => void) | undefined {
    const entries = [
      [`session ${session}`, MOST_STREAMS.session],
      [`address ${address}`, MOST_STREAMS.address],
      [`widget ${widget}`, MOST_STREAMS.widget],
    ] as const;
    if (entries.some(([subject, most]) => this.#countOf(subject) >= most)) return undefined;
    for (const [subject] of entries) this.#counts.set(subject, this.#countOf(subject) + 1);
    return () => {
      for (const [subject] of entries) this.#leave(subject);
    };
  }

  /** How many subjects have a stream. */
  get size(): number {
    return this.#counts.size;
  }

  #countOf(subject: string): number {
    return this.#counts.get(subject) ?? 0;
  }

  #leave(subject: string): void {
    const left = this.#countOf(subject) - 1;
    if (left > 0) this.#counts.set(subject, left);
    else this.#counts.delete(subject);
  }
}
