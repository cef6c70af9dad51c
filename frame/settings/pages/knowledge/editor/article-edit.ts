import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import * as v from 'valibot';
import {
  type ArticleConflict,
  articleSlugSchema,
  type SavedArticle,
  saveArticleRequestSchema,
} from '../../../../../shared/knowledge-api.ts';
import { AdminApiError } from '../../../api/admin-api-error.ts';
import { saveArticle } from '../../../api/knowledge.ts';
import { describeProblem } from '../../../state/describe-problem.ts';
import type { View } from '../../../view.ts';
import { slugOf } from '../slug.ts';

export type ArticleField = 'title' | 'slug' | 'url' | 'body';
export type ArticleFields = Readonly<Record<ArticleField, string>>;

/** An article that is being written. */
export type ArticleEdit = {
  readonly fields: ReadonlySignal<ArticleFields>;
  /** What the server has, as far as this edit knows; `undefined` for a new article. */
  readonly base: ReadonlySignal<SavedArticle | undefined>;
  readonly isDirty: ReadonlySignal<boolean>;
  /** What is wrong with each field, in a sentence. */
  readonly problems: ReadonlySignal<Partial<ArticleFields>>;
  readonly isSaving: ReadonlySignal<boolean>;
  readonly error: Signal<unknown>;
  /** Somebody else's save that this one would have written over. */
  readonly conflict: ReadonlySignal<ArticleConflict | undefined>;
  set(field: ArticleField, text: string): void;
  /** Answers the saved article, or `undefined` if it was not saved; what was typed stays whichever way it goes. */
  save(): Promise<SavedArticle | undefined>;
  /** Goes on from what the server has now, with what was typed; the next save writes over it. */
  keepMine(): void;
  /** As after another name was chosen. */
  dismissConflict(): void;
  /** Takes what the server has in place of what was typed. */
  take(article: SavedArticle): void;
  /** Lets go of what is held; called when the page goes. */
  dispose(): void;
};

/** `article` is what is edited; a new one begins with `firstTitle`. Text that is not saved yet is held by the view. */
export function createArticleEdit(view: View, article: SavedArticle | undefined, firstTitle: string): ArticleEdit {
  const base = signal(article);
  const born: ArticleFields = {
    title: firstTitle,
    slug: firstTitle === '' ? '' : slugOf(firstTitle),
    url: '',
    body: '',
  };
  const fields = signal<ArticleFields>(article === undefined ? born : fieldsOf(article));
  const isSaving = signal(false);
  const error = signal<unknown>(undefined);
  const conflict = signal<ArticleConflict | undefined>(undefined);
  const isDirty = computed(() => {
    const before = base.value === undefined ? EMPTY : fieldsOf(base.value);
    return FIELDS.some((field) => fields.value[field] !== before[field]);
  });

  let release: (() => void) | undefined;
  const stopHolding = effect(() => {
    if (isDirty.value) release ??= view.unsaved.hold('the article');
    else letGo();
  });
  function letGo(): void {
    release?.();
    release = undefined;
  }

  function take(saved: SavedArticle): void {
    base.value = saved;
    fields.value = fieldsOf(saved);
    conflict.value = undefined;
    error.value = undefined;
  }

  return {
    fields,
    base,
    isDirty,
    problems: computed(() => findProblems(fields.value)),
    isSaving,
    error,
    conflict,
    take,
    set(field, text) {
      const { title, slug } = fields.value;
      // A new article is named after its title for as long as nobody names it otherwise.
      const follows = field === 'title' && base.value === undefined && (slug === '' || slug === slugOf(title));
      const named = follows ? { slug: text.trim() === '' ? '' : slugOf(text) } : {};
      fields.value = { ...fields.value, ...named, [field]: text };
    },
    async save() {
      const sent = fields.value;
      const { slug, ...content } = sent;
      const body = { ...contentOf(content), expectedVersion: base.value?.version ?? 0 };
      isSaving.value = true;
      error.value = undefined;
      try {
        const saved = await saveArticle(view.api, slug, body);
        // What was typed since the save began is not saved yet.
        if (fields.value === sent) take(saved);
        else base.value = saved;
        return saved;
      } catch (reason) {
        conflict.value = reason instanceof AdminApiError ? reason.articleConflict : undefined;
        if (conflict.value === undefined) error.value = reason;
        return undefined;
      } finally {
        isSaving.value = false;
      }
    },
    keepMine() {
      base.value = conflict.value?.current;
      conflict.value = undefined;
    },
    dismissConflict() {
      conflict.value = undefined;
    },
    dispose() {
      stopHolding();
      letGo();
    },
  };
}

const FIELDS: readonly ArticleField[] = ['title', 'slug', 'url', 'body'];
const EMPTY: ArticleFields = { title: '', slug: '', url: '', body: '' };

function fieldsOf({ title, slug, url = '', body }: SavedArticle): ArticleFields {
  return { title, slug, url, body };
}

function contentOf({ title, url, body }: Omit<ArticleFields, 'slug'>) {
  return { title: title.trim(), body, ...(url.trim() !== '' && { url: url.trim() }) };
}

const articleSchema = v.object({
  ...v.omit(saveArticleRequestSchema, ['expectedVersion']).entries,
  slug: articleSlugSchema,
});

function findProblems(fields: ArticleFields): Partial<ArticleFields> {
  const { slug, ...content } = fields;
  const result = v.safeParse(articleSchema, { slug, ...contentOf(content) });
  const problems: Partial<Record<ArticleField, string>> = {};
  for (const issue of result.issues ?? []) {
    const field = FIELDS.find((name) => name === issue.path?.[0]?.key);
    if (field !== undefined) problems[field] ??= fields[field].trim() === '' ? 'Fill this in.' : describeProblem(issue);
  }
  return problems;
}
