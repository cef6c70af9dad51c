import type { Unanswered } from '../../../../../shared/unanswered-api.ts';
import { visibleText } from '../../../../markdown/visible-text.ts';
import { sentenceOf } from '../../../api/admin-api-error.ts';
import { forgetUnanswered, listUnanswered } from '../../../api/knowledge.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/marks.tsx';
import { Section } from '../../../ui/section.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import type { View } from '../../../view.ts';

type Question = Unanswered['questions'][number];

type Props = { readonly view: View; readonly onWrite: (title: string) => void };

/** What visitors asked and no article says, each one click from the article that would. */
export function UnansweredList({ view, onWrite }: Props) {
  const { resources } = view;
  const unanswered = resources.use('unanswered', () => listUnanswered(view.api)).value;
  return (
    <Section
      heading="Recent questions that found nothing"
      help="Visitors asked these in the last 90 days, and no passage of an article was about them."
      isWide
    >
      {unanswered.answer === undefined ? (
        <Loading resource={unanswered} onRetry={() => void resources.reload('unanswered')} />
      ) : unanswered.answer.questions.length === 0 ? (
        <EmptyState heading="Every question found something">
          When a visitor asks something that no article is about, it stands here.
        </EmptyState>
      ) : (
        <Questions view={view} questions={unanswered.answer.questions} onWrite={onWrite} />
      )}
    </Section>
  );
}

function Questions({ view, questions, onWrite }: Props & { readonly questions: readonly Question[] }) {
  const reason = view.reasonAgainst('knowledge:write');
  const columns: readonly Column<Question>[] = [
    { heading: 'Question', cell: ({ question }) => <bdi>{visibleText(question)}</bdi> },
    { heading: 'Times', isNumber: true, cell: ({ count }) => view.formats.value.number(count) },
    { heading: 'Last', cell: ({ lastAskedAt }) => <Time at={lastAskedAt} formats={view.formats} /> },
    {
      heading: 'Site',
      cell: ({ origin }) => (
        <span class="question-site" title={origin}>
          {origin.replace('https://', '')}
        </span>
      ),
    },
    {
      heading: 'Actions',
      isActions: true,
      cell: ({ id, question }) => (
        <>
          <Button
            label={`Write an article about “${question}”`}
            reason={reason}
            onClick={() => onWrite(visibleText(question))}
          >
            Write article
          </Button>
          <Button
            kind="bare"
            label={`Dismiss “${question}”`}
            reason={reason}
            onClick={() => void dismiss(view, questions, id)}
          >
            Dismiss
          </Button>
        </>
      ),
    },
  ];
  return <Table caption="Questions that found nothing" columns={columns} rows={questions} keyOf={({ id }) => id} />;
}

async function dismiss(view: View, questions: readonly Question[], id: string): Promise<void> {
  const left: Unanswered = { questions: questions.filter((one) => one.id !== id) };
  view.resources.put('unanswered', left);
  try {
    await forgetUnanswered(view.api, id);
  } catch (error) {
    view.notify(sentenceOf(error), { tone: 'danger' });
  }
  await view.resources.reload('unanswered');
}
