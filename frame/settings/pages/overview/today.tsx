import type { Counts } from '../../../../shared/analytics-api.ts';
import { getToday } from '../../api/analytics.ts';
import { Button } from '../../ui/button.tsx';
import { type Figure, Figures } from '../../ui/figures.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';

/** What happened since midnight. */
export function Today({ view }: { view: View }) {
  const { resources } = view;
  const today = resources.use('today', () => getToday(view.api, new Date(view.now()))).value;
  if (view.published.value.version === 0) return null;
  return (
    <Section
      heading="Today"
      help="Since midnight where you are."
      isWide
      actions={
        <Button kind="bare" onClick={() => view.go('analytics')}>
          All numbers
        </Button>
      }
    >
      {today.answer === undefined ? (
        <Loading resource={today} rows={2} onRetry={() => void resources.reload('today')} />
      ) : (
        <Figures label="Today" figures={figuresOf(today.answer.totals, view.formats.value.number)} />
      )}
    </Section>
  );
}

function figuresOf(totals: Counts, number: (value: number) => string): readonly Figure[] {
  const failed = Object.values(totals.failures).reduce((sum, count) => sum + count, 0);
  return [
    {
      label: 'Conversations',
      value: number(totals.conversations),
      note: `${number(totals.messages)} ${totals.messages === 1 ? 'message' : 'messages'}`,
    },
    {
      label: 'Replies',
      value: number(totals.replies),
      note: `${number(totals.helpful)} helpful, ${number(totals.notHelpful)} not`,
    },
    {
      label: 'Failed replies',
      value: number(failed),
      note: failed === 0 ? 'None failed' : 'Analytics has the reasons',
      tone: failed === 0 ? 'ok' : 'danger',
    },
    {
      label: 'Refused embeds',
      value: number(totals.embedsRefused),
      note: totals.embedsRefused === 0 ? 'Nobody was refused' : 'Sites shows who',
      tone: totals.embedsRefused === 0 ? 'ok' : 'neutral',
    },
  ];
}
