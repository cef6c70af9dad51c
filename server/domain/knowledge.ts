import { createPassageIndex } from '../gateways/knowledge/passage-index.ts';
import type { ModelMessage, Passage } from '../gateways/model-gateway.ts';
import type { findArticles, findKnowledgeVersion } from '../store/knowledge.ts';

/** The passages that may answer the last question, best first. */
export type KnowledgeSearch = (messages: readonly ModelMessage[]) => readonly Passage[];

export type Knowledge = {
  /** The search over a widget's articles as they are now. Rejects if the store does not answer. */
  prepare(widgetId: string): Promise<KnowledgeSearch>;
};

export type KnowledgeStore = {
  readonly findArticles: typeof findArticles;
  readonly findKnowledgeVersion: typeof findKnowledgeVersion;
};

type Indexed = { readonly version: number; readonly search: Promise<KnowledgeSearch> };

/** The least recently used index goes when there are more; it is made again when it is needed. */
const MOST_INDEXES = 32;

/** Keeps an index for each widget that is talked to, and makes a new one whenever the widget's articles have changed. */
export function createKnowledge(store: KnowledgeStore): Knowledge {
  const indexes = new Map<string, Indexed>();

  function keep(widgetId: string, indexed: Indexed): void {
    indexes.delete(widgetId);
    indexes.set(widgetId, indexed);
    const [oldest] = indexes.keys();
    if (indexes.size > MOST_INDEXES && oldest !== undefined) indexes.delete(oldest);
  }

  async function index(widgetId: string): Promise<KnowledgeSearch> {
    return await createPassageIndex(await store.findArticles(widgetId));
  }

  return {
    async prepare(widgetId) {
      const version = await store.findKnowledgeVersion(widgetId);
      const known = indexes.get(widgetId);
      const current = known?.version === version ? known : { version, search: index(widgetId) };
      keep(widgetId, current);
      current.search.catch(() => {
        if (indexes.get(widgetId) === current) indexes.delete(widgetId);
      });
      return await current.search;
    },
  };
}
