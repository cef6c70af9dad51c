import { type Clock, systemClock } from '../gateways/clock.ts';
import { createPassageIndex } from '../gateways/knowledge/passage-index.ts';
import type { ModelMessage, Passage } from '../gateways/model-gateway.ts';
import type { findArticles } from '../store/knowledge.ts';
import type { findKnowledgeVersion } from '../store/knowledge-versions.ts';

/** The passages that may answer the last question, best first. */
export type KnowledgeSearch = (messages: readonly ModelMessage[]) => readonly Passage[];

export type Knowledge = {
  /** The search over a widget's articles as they were at most a second ago. Rejects if the store does not answer. */
  prepare(widgetId: string): Promise<KnowledgeSearch>;
  /** Begins to make a new search: the articles have changed here. */
  refresh(widgetId: string): void;
};

export type KnowledgeStore = {
  readonly findArticles: typeof findArticles;
  readonly findKnowledgeVersion: typeof findKnowledgeVersion;
};

type Indexed = { readonly version: number; readonly search: Promise<KnowledgeSearch>; checkedAtMs: number };

/** Below this age the store is not asked whether the articles have changed: with many visitors, that is most questions. */
const CHECK_AGE_MS = 1_000;
/** The least recently used index goes when there are more; it is made again when it is needed. */
const MOST_INDEXES = 32;

/** Keeps an index for each widget that is talked to, and makes a new one whenever the widget's articles have changed. */
export function createKnowledge(store: KnowledgeStore, clock: Clock = systemClock): Knowledge {
  const indexes = new Map<string, Indexed>();
  /** The index of a widget that is being made. */
  const making = new Map<string, Promise<unknown>>();

  async function findCurrent(widgetId: string): Promise<Indexed> {
    const known = indexes.get(widgetId);
    const nowMs = clock.now().getTime();
    if (known !== undefined && nowMs - known.checkedAtMs < CHECK_AGE_MS) return keep(widgetId, known);
    const version = await store.findKnowledgeVersion(widgetId);
    const latest = indexes.get(widgetId);
    if (latest?.version !== version) return keep(widgetId, begin(widgetId, version, nowMs));
    latest.checkedAtMs = nowMs;
    return keep(widgetId, latest);
  }

  function begin(widgetId: string, version: number, nowMs: number): Indexed {
    const isLatest = () => indexes.get(widgetId)?.version === version;
    return { version, search: Promise.resolve().then(() => index(widgetId, isLatest)), checkedAtMs: nowMs };
  }

  /** One at a time for a widget: of many changes that come while one is being made, only the last gets its own. */
  async function index(widgetId: string, isLatest: () => boolean): Promise<KnowledgeSearch> {
    await making.get(widgetId)?.catch(() => {});
    const latest = indexes.get(widgetId);
    if (!isLatest() && latest !== undefined) return await latest.search;
    const made = store.findArticles(widgetId).then(createPassageIndex);
    making.set(widgetId, made);
    try {
      return await made;
    } finally {
      if (making.get(widgetId) === made) making.delete(widgetId);
    }
  }

  function keep(widgetId: string, indexed: Indexed): Indexed {
    indexes.delete(widgetId);
    indexes.set(widgetId, indexed);
    const [oldest] = indexes.keys();
    if (indexes.size > MOST_INDEXES && oldest !== undefined) indexes.delete(oldest);
    return indexed;
  }

  async function prepare(widgetId: string): Promise<KnowledgeSearch> {
    const current = await findCurrent(widgetId);
    current.search.catch(() => {
      if (indexes.get(widgetId) === current) indexes.delete(widgetId);
    });
    return await current.search;
  }

  return {
    prepare,
    refresh(widgetId) {
      const known = indexes.get(widgetId);
      if (known === undefined) return;
      known.checkedAtMs = Number.NEGATIVE_INFINITY;
      prepare(widgetId).catch(() => {}); // Whoever asks next tries again.
    },
  };
}
