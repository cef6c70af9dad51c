import {
  KNOWLEDGE_MAX_BYTES,
  type KnowledgeList,
  MOST_ARTICLES,
  type SavedArticle,
} from '../../shared/knowledge-api.ts';
import type { Unanswered } from '../../shared/unanswered-api.ts';
import { FakeRefusal, NOTHING } from './fake-answer.ts';
import type { AdminRequest, FakeSettingsApi } from './fake-settings-api.ts';

/** Articles that are saved, conflict and go as the server's do, in memory. */
export type FakeKnowledge = {
  readonly articles: Map<string, SavedArticle>;
  questions: Unanswered['questions'];
  /** What any question finds. */
  passages: readonly object[];
  mostArticles: number;
  /** As if somebody else had saved it. */
  write(slug: string, content: { title: string; body: string; url?: string }): void;
  /** Lets a fake API answer for these articles. */
  serve(api: FakeSettingsApi): void;
};

export function createFakeKnowledge(): FakeKnowledge {
  let version = 0;
  const knowledge: FakeKnowledge = {
    articles: new Map(),
    questions: [],
    passages: [],
    mostArticles: MOST_ARTICLES,
    write(slug, content) {
      const savedBy = { subject: 'grace', role: 'admin' } as const;
      const savedAt = new Date(Date.now() - 120_000).toISOString();
      knowledge.articles.set(slug, { slug, ...content, version: ++version, savedAt, savedBy });
    },
    serve({ widget }) {
      const answerOthers = widget.answer;
      widget.answer = (request) => answer(knowledge, request) ?? answerOthers(request);
    },
  };
  return knowledge;
}

function answer(knowledge: FakeKnowledge, request: AdminRequest): unknown {
  const { method, path, query } = request;
  const question = /^\/knowledge\/unanswered\/(.+)$/.exec(path)?.[1];
  const slug = /^\/knowledge\/([a-z0-9-]+)$/.exec(path)?.[1];
  if (path === '/knowledge') return list(knowledge, query.get('after') ?? '', Number(query.get('limit')));
  if (path === '/knowledge/ask') return { passages: knowledge.passages };
  if (path === '/knowledge/unanswered') return { questions: knowledge.questions };
  if (question !== undefined) {
    knowledge.questions = knowledge.questions.filter(({ id }) => id !== question);
    return NOTHING;
  }
  if (slug === undefined) return undefined;
  const current = knowledge.articles.get(slug);
  if (method === 'GET') return current ?? new FakeRefusal('ARTICLE_NOT_FOUND');
  const expectedVersion = method === 'PUT' ? request.body.expectedVersion : Number(query.get('expectedVersion'));
  if ((current?.version ?? 0) !== expectedVersion) {
    const conflict = { expectedVersion, currentVersion: current?.version ?? 0, ...(current && { current }) };
    return new FakeRefusal('ARTICLE_CONFLICT', { conflict });
  }
  if (method === 'DELETE') {
    knowledge.articles.delete(slug);
    return NOTHING;
  }
  if (current === undefined && knowledge.articles.size >= knowledge.mostArticles)
    return new FakeRefusal('KNOWLEDGE_FULL');
  const { expectedVersion: _, ...content } = request.body;
  knowledge.write(slug, content);
  return knowledge.articles.get(slug);
}

function list({ articles, mostArticles }: FakeKnowledge, after: string, limit: number): KnowledgeList {
  const sorted = [...articles.values()].toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
  const found = sorted.filter(({ slug }) => slug > after).slice(0, limit);
  const bytes = sorted.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  return {
    articles: found.map(({ body, ...article }) => ({ ...article, bytes: Buffer.byteLength(body) })),
    next: found.length < limit ? null : (found.at(-1)?.slug ?? null),
    total: { articles: sorted.length, bytes, mostArticles, mostBytes: KNOWLEDGE_MAX_BYTES },
  };
}
