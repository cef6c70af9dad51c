import { useSignal } from '@preact/signals';
import type { AskedKnowledge } from '../../../../../shared/knowledge-api.ts';
import { visibleText } from '../../../../markdown/visible-text.ts';
import { sentenceOf } from '../../../api/admin-api-error.ts';
import { askKnowledge } from '../../../api/knowledge.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Chip, Notice } from '../../../ui/marks.tsx';
import { Section } from '../../../ui/section.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { View } from '../../../view.ts';
import { ArticleText } from '../article-text.tsx';

type Passage = AskedKnowledge['passages'][number];
type Found =
  | { readonly kind: 'asking' }
  | { readonly kind: 'found'; readonly question: string; readonly passages: readonly Passage[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A question, and the passages that the assistant would be given for it, in their order. Nothing is counted. */
export function Ask({ view }: { view: View }) {
  const typed = useSignal('');
  const found = useSignal<Found | undefined>(undefined);
  const question = typed.value.trim();

  function ask(): void {
    if (question === '' || found.value?.kind === 'asking') return;
    found.value = { kind: 'asking' };
    askKnowledge(view.api, question).then(
      ({ passages }) => {
        found.value = { kind: 'found', question, passages };
      },
      (error) => {
        found.value = { kind: 'failed', error };
      },
    );
  }

  return (
    <Section
      heading="Ask as a visitor would"
      help="Shows which passages the assistant would be given, best first. No model is asked and nothing is counted."
      isWide
    >
      {/* biome-ignore lint/a11y/useSemanticElements: there is no form to submit */}
      <div class="field-row" role="group" aria-label="Ask a question" onKeyDown={({ key }) => key === 'Enter' && ask()}>
        <TextField
          label="Question"
          placeholder="How long can I return something?"
          value={typed.value}
          onInput={(text) => {
            typed.value = text;
          }}
        />
        <Button
          isBusy={found.value?.kind === 'asking'}
          reason={question === '' ? 'Write a question first.' : undefined}
          onClick={ask}
        >
          Ask
        </Button>
      </div>
      {found.value?.kind === 'failed' && <Notice tone="danger">{sentenceOf(found.value.error)}</Notice>}
      {found.value?.kind === 'found' && <Passages view={view} {...found.value} />}
    </Section>
  );
}

function Passages({ view, question, passages }: { view: View; question: string; passages: readonly Passage[] }) {
  if (passages.length === 0) {
    return (
      <EmptyState heading="No passage is about this">
        A visitor who asks “{visibleText(question)}” gets no answer from your articles.
      </EmptyState>
    );
  }
  return (
    <ol class="passages" aria-label="Passages">
      {passages.map((passage, at) => (
        <li key={`${at}${passage.slug}`} class="card passage">
          <div class="passage-head">
            <Chip>{at + 1}</Chip>
            <span class="passage-place">
              <bdi>{visibleText(passage.title)}</bdi>
              {passage.headings.map((heading, level) => (
                <span key={level} class="muted">
                  {' › '}
                  <bdi>{visibleText(heading)}</bdi>
                </span>
              ))}
            </span>
            <span class="passage-score" title="How much of the question the passage is about">
              {view.formats.value.percent(passage.score)}
            </span>
            <Button
              kind="bare"
              label={`Open ${passage.title}`}
              onClick={() => void view.go(`knowledge/${passage.slug}`)}
            >
              Open
            </Button>
          </div>
          <ArticleText text={passage.text} />
        </li>
      ))}
    </ol>
  );
}
