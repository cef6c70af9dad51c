import { resumeName } from '../../shared/storage-name.ts';

/**
 * Keeps what this tab remembers of its visitor, where the widget's settings say that only the tab may: over a new document
 * in the same iframe of the same tab, and no further; one thing for each public key. `undefined` forgets it. Where
 * storage is blocked every document is a new visitor.
 */
export function keepResume(key: string, resume: string | undefined): void {
  try {
    if (resume === undefined) sessionStorage.removeItem(resumeName(key));
    else sessionStorage.setItem(resumeName(key), resume);
  } catch {}
}

/** What this tab remembers for `key`, if anything. */
export function readResume(key: string): string | undefined {
  try {
    return sessionStorage.getItem(resumeName(key)) ?? undefined;
  } catch {
    return undefined;
  }
}
