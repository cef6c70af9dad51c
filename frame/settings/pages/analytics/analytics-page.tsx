import { useSignal } from '@preact/signals';
import { type AnalyticsQuestion, getAnalytics } from '../../api/analytics.ts';
import { TitleActions } from '../../shell/title-bar.tsx';
import { addStyles } from '../../ui/add-styles.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Figures } from '../../ui/figures.tsx';
import { Loading } from '../../ui/loading.tsx';
import type { View } from '../../view.ts';
import rules from './analytics.css' with { type: 'text' };
import { BySite } from './by-site.tsx';
import { downloadCsv } from './download-csv.ts';
import { Failures } from './failures.tsx';
import { isEmpty } from './measures.ts';
import { OverTime } from './over-time.tsx';
import { PERIODS, type Period, questionsFor } from './period.ts';
import { summarise } from './summary.ts';

addStyles(rules);

/** What visitors did in a period, beside the period before. */
export function AnalyticsPage({ view }: { view: View }) {
  const period = useSignal<Period>('7');
  if (view.published.value.version === 0) {
    return <EmptyState heading="Nothing was counted yet">Counting begins with the first publish.</EmptyState>;
  }
  return (
    <>
      <div>
        <Segmented
          label="Period"
          isLabelHidden
          value={period.value}
          choices={PERIODS}
          onSelect={(value) => {
            period.value = value;
          }}
        />
      </div>
      <PeriodView key={period.value} view={view} period={period.value} />
    </>
  );
}

function PeriodView({ view, period }: { view: View; period: Period }) {
  const { resources, api } = view;
  const ask = (which: 'current' | 'before') => {
    const question: AnalyticsQuestion = questionsFor(period, new Date(view.now()))[which];
    return getAnalytics(api, question);
  };
  const current = resources.use(`analytics ${period}`, () => ask('current')).value;
  const earlier = resources.use(`analytics before ${period}`, () => ask('before')).value;
  const [now, before] = [current.answer, earlier.answer];
  if (now === undefined || before === undefined) {
    const retry = () => void Promise.all([`analytics ${period}`, `analytics before ${period}`].map(resources.reload));
    return <Loading resource={now === undefined ? current : earlier} rows={8} onRetry={retry} />;
  }
  if (isEmpty(now.totals) && isEmpty(before.totals)) {
    return (
      <EmptyState heading="Nothing happened in this time">
        No site asked for the widget, and nobody wrote. Overview says what is still to do.
      </EmptyState>
    );
  }
  return (
    <>
      <TitleActions>
        <Button onClick={() => void downloadCsv(view, now, 'series')}>Download CSV</Button>
      </TitleActions>
      <Figures label="Summary" figures={summarise(now.totals, before.totals, view.formats.value)} />
      <OverTime view={view} now={now} before={before} />
      <BySite view={view} now={now} />
      <Failures view={view} now={now.totals} before={before.totals} />
    </>
  );
}
