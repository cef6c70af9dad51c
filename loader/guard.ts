/** Tells the embedder in the browser's console what is wrong and what to do. */
export function report(...words: readonly unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: the console is where an embedder looks
  console.warn('Casement', ...words);
}

/**
 * The same function, except that it never throws: what it would throw is reported in the console and the answer is
 * `undefined`. Whatever the page or the browser calls goes through here if it could throw, so that no exception of ours,
 * and none of an embedder's listener, reaches the page's error handlers.
 */
export function guard<A extends readonly unknown[], R>(run: (...args: A) => R): (...args: A) => R | undefined {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      report(error);
      return undefined;
    }
  };
}
