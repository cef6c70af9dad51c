import {
  type ArticleConflict,
  type AskedKnowledge,
  KNOWLEDGE_MAX_BYTES,
  type KnowledgeList,
  MOST_ARTICLES,
  type SaveArticleRequest,
  type SavedArticle as SavedArticleAnswer,
} from '../../shared/knowledge-api.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import {
  findArticle,
  listArticles,
  measureArticles,
  type NewArticle,
  removeArticle,
  replaceArticle,
  type SavedArticle,
} from '../store/knowledge.ts';
import { type AdminCaller, actorOf } from './admin-caller.ts';
import { requireAdminWidget } from './admin-widget.ts';
import { appendAudit } from './audit-log.ts';
import type { Knowledge } from './knowledge.ts';

export type ArticleParts = { readonly knowledge: Knowledge; readonly clock: Clock };

/** The caller's articles by slug, and how much room they use. Throws AppError `WIDGET_NOT_FOUND`. */
export async function readArticles(
  caller: AdminCaller,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<KnowledgeList> {
  const { id } = await requireAdminWidget(caller);
  const [articles, used] = await Promise.all([listArticles(id, page), measureArticles(id)]);
  return {
    articles: articles.map(({ savedAt, ...article }) => ({ ...article, savedAt: savedAt.toISOString() })),
    next: articles.length < page.limit ? null : (articles.at(-1)?.slug ?? null),
    total: { ...used, mostArticles: MOST_ARTICLES, mostBytes: KNOWLEDGE_MAX_BYTES },
  };
}

/** Throws AppError `ARTICLE_NOT_FOUND`, `WIDGET_NOT_FOUND`. */
export async function readArticle(caller: AdminCaller, slug: string): Promise<SavedArticleAnswer> {
  const { id } = await requireAdminWidget(caller);
  return present(await requireArticle(id, slug));
}

/**
 * Saves an article over the version the edit began from, or writes nothing. Whoever sends the same save again gets the
 * same answer. The assistant knows it from then on; other processes do within seconds. Throws AppError
 * `ARTICLE_CONFLICT` with the current article, `KNOWLEDGE_FULL`, `WIDGET_NOT_FOUND`.
 */
export async function saveArticle(
  caller: AdminCaller,
  { slug, expectedVersion, ...content }: SaveArticleRequest & { readonly slug: string },
  { knowledge, clock }: ArticleParts,
): Promise<{ readonly article: SavedArticleAnswer; readonly isNew: boolean }> {
  const { id: widgetId } = await requireAdminWidget(caller);
  const isNew = expectedVersion === 0;
  const article: NewArticle = { slug, ...content, savedAt: clock.now(), savedBy: actorOf(caller) };
  const current = await findArticle(widgetId, slug);
  if (current !== undefined && isSameSave(current, article, expectedVersion))
    return { article: present(current), isNew };
  if ((current?.version ?? 0) !== expectedVersion) throw conflictOf(slug, expectedVersion, current);
  await requireRoom(widgetId, article);
  // Written first: an entry about an article that was not saved after all does no harm, one that is missing would.
  const details = { slug, title: article.title, bytes: Buffer.byteLength(article.body), expectedVersion };
  await appendAudit({ widgetId, actor: article.savedBy, act: 'article-saved', details }, clock);
  const version = await replaceArticle(widgetId, article, expectedVersion);
  if (version === undefined) throw conflictOf(slug, expectedVersion, await findArticle(widgetId, slug));
  knowledge.refresh(widgetId);
  return { article: present({ ...article, version }), isNew };
}

/** Throws AppError `ARTICLE_NOT_FOUND`, `ARTICLE_CONFLICT` with the current article, `WIDGET_NOT_FOUND`. */
export async function deleteArticle(
  caller: AdminCaller,
  { slug, expectedVersion }: { readonly slug: string; readonly expectedVersion: number },
  { knowledge, clock }: ArticleParts,
): Promise<void> {
  const { id: widgetId } = await requireAdminWidget(caller);
  const current = await requireArticle(widgetId, slug);
  if (current.version !== expectedVersion) throw conflictOf(slug, expectedVersion, current);
  const details = { slug, title: current.title, expectedVersion };
  await appendAudit({ widgetId, actor: actorOf(caller), act: 'article-deleted', details }, clock);
  if (!(await removeArticle(widgetId, slug, expectedVersion))) {
    throw conflictOf(slug, expectedVersion, await requireArticle(widgetId, slug));
  }
  knowledge.refresh(widgetId);
}

/** What the assistant would be given for a question. Throws AppError `WIDGET_NOT_FOUND`. */
export async function askArticles(
  caller: AdminCaller,
  question: string,
  { knowledge }: Pick<ArticleParts, 'knowledge'>,
): Promise<AskedKnowledge> {
  const { id } = await requireAdminWidget(caller);
  const search = await knowledge.prepare(id);
  const passages = search([{ role: 'visitor', text: question }]);
  return {
    passages: passages.map(({ slug = '', articleTitle: title, headings, text, url, score }) => ({
      slug,
      title,
      headings: [...headings],
      text,
      ...(url !== undefined && { url }),
      score: Math.round(score * 1_000) / 1_000,
    })),
  };
}

async function requireArticle(widgetId: string, slug: string): Promise<SavedArticle> {
  const article = await findArticle(widgetId, slug);
  if (article === undefined) throw new AppError('ARTICLE_NOT_FOUND', { message: `There is no article "${slug}"` });
  return article;
}

async function requireRoom(widgetId: string, { slug, body }: NewArticle): Promise<void> {
  const others = await measureArticles(widgetId, slug);
  if (others.articles >= MOST_ARTICLES) {
    throw new AppError('KNOWLEDGE_FULL', {
      message: `The widget has "${others.articles}" articles, as many as it may`,
    });
  }
  const bytes = others.bytes + Buffer.byteLength(body);
  if (bytes <= KNOWLEDGE_MAX_BYTES) return;
  const sizes = `with this article they would be "${bytes}" bytes, of at most ${KNOWLEDGE_MAX_BYTES}`;
  throw new AppError('KNOWLEDGE_FULL', { message: `The articles of the widget are too large: ${sizes}` });
}

/** Whether `current` is what this very request has written, whose answer was lost on the way. */
function isSameSave(current: SavedArticle, asked: NewArticle, expectedVersion: number): boolean {
  const isMine = current.version > expectedVersion && current.savedBy.subject === asked.savedBy.subject;
  return isMine && current.title === asked.title && current.body === asked.body && current.url === asked.url;
}

function conflictOf(slug: string, expectedVersion: number, current: SavedArticle | undefined): AppError {
  const currentVersion = current?.version ?? 0;
  const who = current === undefined ? '' : `, saved by "${current.savedBy.subject}"`;
  const conflict: ArticleConflict = {
    expectedVersion,
    currentVersion,
    ...(current && { current: present(current) }),
  };
  return new AppError('ARTICLE_CONFLICT', {
    message: `Version "${expectedVersion}" of "${slug}" was expected, but version "${currentVersion}" is current${who}`,
    more: { conflict },
  });
}

function present({ savedAt, slug, title, body, url, version, savedBy }: SavedArticle): SavedArticleAnswer {
  const { subject, role } = savedBy;
  return {
    ...{ slug, title, ...(url !== undefined && { url }), version },
    ...{ savedAt: savedAt.toISOString(), savedBy: { subject, role }, body },
  };
}
