import type { EmbedAttempts } from '../../../../shared/embed-attempts-api.ts';

export type RefusedSite = { readonly embedder: string; readonly count: number; readonly lastSeenAt: string };

/** One row a site, however it tried, latest first. What a listed page itself was forbidden is no attempt to embed. */
export function refusedSites({ attempts }: EmbedAttempts): readonly RefusedSite[] {
  const sites = new Map<string, RefusedSite>();
  for (const { what, embedder, count, lastSeenAt } of attempts) {
    if (what !== 'frame' && what !== 'configuration' && what !== 'frame-ancestors') continue;
    const known = sites.get(embedder);
    sites.set(embedder, {
      embedder,
      count: count + (known?.count ?? 0),
      lastSeenAt: known && known.lastSeenAt > lastSeenAt ? known.lastSeenAt : lastSeenAt,
    });
  }
  return [...sites.values()].sort((one, other) => other.lastSeenAt.localeCompare(one.lastSeenAt));
}
