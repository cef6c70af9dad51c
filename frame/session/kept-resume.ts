/**
 * What this tab remembers of its visitor, where the widget's settings say that only the tab may: over a new document in
 * the same iframe of the same tab, and no further; one thing for each public key. Where storage is blocked every document is a new visitor.
 */
const nameFor = (key: string) => `resume:${key}`;

/** Keeps it; `undefined` forgets it. */
export function keepResume(key: string, resume: string | undefined): void {
  try {
    if (resume === undefined) sessionStorage.removeItem(nameFor(key));
    else sessionStorage.setItem(nameFor(key), resume);
  } catch {}
}

export function readResume(key: string): string | undefined {
  try {
    return sessionStorage.getItem(nameFor(key)) ?? undefined;
  } catch {
    return undefined;
  }
}
