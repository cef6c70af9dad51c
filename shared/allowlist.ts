import { hostOf, type Origin, parseOrigin } from './origin.ts';

/** One line of an allowlist: an exact origin, or `https://*.<host>` for any label below `<host>` (never `<host>` itself). */
export type AllowlistEntry = string;

const WILDCARD_PREFIX = 'https://*.';

/**
 * Whether `origin` is admitted by `allowlist`. An empty list admits nobody. A wildcard is compared label by label from
 * the right; no pattern language is involved, so no entry can be written that is slow or wider than it looks.
 */
export function isAllowed(origin: Origin, allowlist: readonly AllowlistEntry[]): boolean {
  return allowlist.some((entry) =>
    entry.startsWith(WILDCARD_PREFIX) ? isBelow(origin, entry.slice(WILDCARD_PREFIX.length)) : entry === origin,
  );
}

/** Whether `text` has the grammar of an entry: a canonical origin, or one leading wildcard label over https. */
export function isAllowlistEntry(text: string): text is AllowlistEntry {
  if (!text.startsWith(WILDCARD_PREFIX)) return parseOrigin(text) !== undefined;
  const base = text.slice(WILDCARD_PREFIX.length);
  return (
    base.includes('.') && !/^[\d.]+$/.test(base) && !base.includes(':') && parseOrigin(`https://${base}`) !== undefined
  );
}

function isBelow(origin: Origin, base: string): boolean {
  // A wildcard entry carries no port, so only the default https port can match it.
  if (origin !== `https://${hostOf(origin)}`) return false;
  const labels = hostOf(origin).split('.');
  const baseLabels = base.split('.');
  if (labels.length <= baseLabels.length) return false;
  return baseLabels.every((label, index) => labels[labels.length - baseLabels.length + index] === label);
}
