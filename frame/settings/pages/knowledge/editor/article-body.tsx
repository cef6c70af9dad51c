import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Segmented } from '../../../ui/choices.tsx';
import type { FieldProps } from '../../../ui/field.tsx';
import { Locked } from '../../../ui/locked.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { ArticleText } from '../article-text.tsx';

type Props = FieldProps & { readonly value: string; readonly onInput: (text: string) => void };

/** The preview follows the typing at this distance, so that no key waits for it. */
const PREVIEW_AFTER_MS = 120;

/** The Markdown and, beside it, what the chat makes of it; one or the other where there is no room for both. */
export function ArticleBody({ value, ...field }: Props) {
  const shown = useSignal<'write' | 'preview'>('write');
  const previewed = useSignal(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      previewed.value = value;
    }, PREVIEW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value, previewed]);

  return (
    <div class="article-body" data-shown={shown.value}>
      <div class="article-switch">
        <Locked reason={undefined}>
          <Segmented
            label="Show"
            isLabelHidden
            value={shown.value}
            choices={[
              { value: 'write', label: 'Write' },
              { value: 'preview', label: 'Preview' },
            ]}
            onSelect={(next) => {
              shown.value = next;
            }}
          />
        </Locked>
      </div>
      <div class="article-write">
        <TextArea {...field} value={value} rows={16} isCode />
      </div>
      <section class="article-preview" aria-label="Preview">
        <span class="label" aria-hidden="true">
          Preview
        </span>
        <div class="card preview-card">
          {previewed.value.trim() === '' ? (
            <p class="muted">What you write shows here as the chat would show it.</p>
          ) : (
            <ArticleText text={previewed.value} />
          )}
        </div>
      </section>
    </div>
  );
}
