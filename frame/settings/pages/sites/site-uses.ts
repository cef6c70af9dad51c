import { isAllowed } from '../../../../shared/allowlist.ts';
import type { Analytics } from '../../../../shared/analytics-api.ts';
import type { RotationsAnswer } from '../../../../shared/keys-api.ts';
import { parseOrigin } from '../../../../shared/origin.ts';

/** When each origin was last seen with any public key of the widget, as an ISO moment. */
export function lastSeenByOrigin({ keys }: Pick<RotationsAnswer, 'keys'>): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  for (const { target, uses } of keys) {
    if (target !== 'public') continue;
    for (const { origin, lastUsedAt } of uses) {
      if (lastUsedAt > (seen.get(origin) ?? '')) seen.set(origin, lastUsedAt);
    }
  }
  return seen;
}

/** When a line of the allowlist, which may stand for many origins, last let one in. */
export function lastSeenAt(entry: string, seen: ReadonlyMap<string, string>): string | undefined {
  const moments = [...seen].filter(([origin]) => isCovered(origin, entry)).map(([, moment]) => moment);
  return moments.sort().at(-1);
}

/** What a line of the allowlist let happen in the time that `analytics` is about. */
export function trafficOf(
  entry: string,
  { origins }: Pick<Analytics, 'origins'>,
): { opened: number; messages: number } {
  const own = origins.filter(({ origin }) => isCovered(origin, entry)).map(({ counts }) => counts);
  return {
    opened: own.reduce((sum, counts) => sum + counts.opened, 0),
    messages: own.reduce((sum, counts) => sum + counts.messages, 0),
  };
}

function isCovered(text: string, entry: string): boolean {
  const origin = parseOrigin(text);
  return origin !== undefined && isAllowed(origin, [entry]);
}
