import * as v from 'valibot';
import { articleSlugSchema, type SavedArticle, saveArticleRequestSchema } from '../../../../../shared/knowledge-api.ts';
import { describeProblem } from '../../../state/describe-problem.ts';
import { slugOf } from '../slug.ts';

export type ArticleField = 'title' | 'slug' | 'url' | 'body';
/** What is in the fields, as it was typed. */
export type ArticleFields = Readonly<Record<ArticleField, string>>;

/** In the order of the editor. */
export const ARTICLE_FIELDS: readonly ArticleField[] = ['title', 'slug', 'url', 'body'];
const EMPTY: ArticleFields = { title: '', slug: '', url: '', body: '' };

/** A new article, named after its title. */
export function newFields(title: string): ArticleFields {
  return { ...EMPTY, title, slug: title === '' ? '' : slugOf(title) };
}

/** The fields of an article as it was saved. */
export function fieldsOf({ title, slug, url = '', body }: SavedArticle): ArticleFields {
  return { title, slug, url, body };
}

/** What is saved of the fields, beside the slug. */
export function contentOf({ title, url, body }: Omit<ArticleFields, 'slug'>) {
  return { title: title.trim(), body, ...(url.trim() !== '' && { url: url.trim() }) };
}

/** Whether saving would change something. */
export function isChanged(fields: ArticleFields, base: SavedArticle | undefined): boolean {
  const before = base === undefined ? EMPTY : fieldsOf(base);
  return ARTICLE_FIELDS.some((field) => fields[field] !== before[field]);
}

/** `fields` with `text` in one of them. A new article is named after its title for as long as nobody names it otherwise. */
export function withField(fields: ArticleFields, field: ArticleField, text: string, isNew: boolean): ArticleFields {
  const { title, slug } = fields;
  const follows = field === 'title' && isNew && (slug === '' || slug === slugOf(title));
  const named = follows ? { slug: text.trim() === '' ? '' : slugOf(text) } : {};
  return { ...fields, ...named, [field]: text };
}

const articleSchema = v.object({
  ...v.omit(saveArticleRequestSchema, ['expectedVersion']).entries,
  slug: articleSlugSchema,
});

/** What is wrong with each field, in a sentence. */
export function findProblems(fields: ArticleFields): Partial<ArticleFields> {
  const { slug, ...content } = fields;
  const result = v.safeParse(articleSchema, { slug, ...contentOf(content) });
  const problems: Partial<Record<ArticleField, string>> = {};
  for (const issue of result.issues ?? []) {
    const field = ARTICLE_FIELDS.find((name) => name === issue.path?.[0]?.key);
    if (field !== undefined) problems[field] ??= fields[field].trim() === '' ? 'Fill this in.' : describeProblem(issue);
  }
  return problems;
}
