type CodeSpan = { readonly text: string; readonly length: number };

/**
 * Finds code spans (https://spec.commonmark.org/0.31.2/#code-spans): a run of backticks up to the next run of the same
 * length. All runs are found once, so many that never close cost no more than one.
 */
export function createCodeSpans(source: string): {
  /** The span that opens at `at`, if it is closed. */
  spanAt(at: number): CodeSpan | undefined;
  /** How many backticks stand at `at`. */
  runAt(at: number): number;
} {
  const runs = new Map<number, number>();
  const ends = new Map<number, number>();
  const latest = new Map<number, number>();
  for (const { 0: run, index } of [...source.matchAll(/`+/g)].reverse()) {
    runs.set(index, run.length);
    const end = latest.get(run.length);
    if (end !== undefined) ends.set(index, end);
    latest.set(run.length, index);
  }
  const runAt = (at: number) => runs.get(at) ?? 1;

  return {
    runAt,
    spanAt(at) {
      const end = ends.get(at);
      if (end === undefined) return undefined;
      return { text: trimOnce(source.slice(at + runAt(at), end)), length: end + runAt(at) - at };
    },
  };
}

/** One space on both sides is for writing backticks next to the fence, not part of the code. */
function trimOnce(code: string): string {
  const text = code.replaceAll('\n', ' ');
  const isPadded = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
  return isPadded ? text.slice(1, -1) : text;
}
