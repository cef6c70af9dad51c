import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ArticleConflict, SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { AdminApiError } from '../../../api/admin-api-error.ts';
import { saveArticle } from '../../../api/knowledge.ts';
import type { View } from '../../../view.ts';
import {
  type ArticleField,
  type ArticleFields,
  contentOf,
  fieldsOf,
  findProblems,
  isChanged,
  newFields,
  withField,
} from './article-fields.ts';

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
  const fields = signal<ArticleFields>(article === undefined ? newFields(firstTitle) : fieldsOf(article));
  const isSaving = signal(false);
  const error = signal<unknown>(undefined);
  const conflict = signal<ArticleConflict | undefined>(undefined);
  const isDirty = computed(() => isChanged(fields.value, base.value));

  function take(saved: SavedArticle): void {
    batch(() => {
      base.value = saved;
      fields.value = fieldsOf(saved);
      conflict.value = undefined;
      error.value = undefined;
    });
  }

  async function save(): Promise<SavedArticle | undefined> {
    const sent = fields.value;
    isSaving.value = true;
    error.value = undefined;
    try {
      const body = { ...contentOf(sent), expectedVersion: base.value?.version ?? 0 };
      const saved = await saveArticle(view.api, sent.slug, body);
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
  }

  const problems = computed(() => findProblems(fields.value));
  const dispose = view.unsaved.holdWhile('the article', () => isDirty.value);
  const set = (field: ArticleField, text: string): void => {
    fields.value = withField(fields.value, field, text, base.value === undefined);
  };
  const dismissConflict = (): void => {
    conflict.value = undefined;
  };
  const keepMine = (): void => {
    base.value = conflict.value?.current;
    dismissConflict();
  };
  return {
    ...{ fields, base, isDirty, problems, isSaving, error, conflict },
    ...{ set, save, take, keepMine, dismissConflict, dispose },
  };
}
