import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Analytics } from '../../../../shared/analytics-api.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { ChartView } from './chart-view.tsx';
import { MEASURES } from './measures.ts';

type Props = { readonly view: View; readonly now: Analytics; readonly before: Analytics };

/** One measure over the period, with the period before behind it, as a chart and as a table. */
export function OverTime({ view, now, before }: Props) {
  const chosen = useSignal('messages');
  const isTable = useSignal(false);
  const measure = MEASURES.find(({ value }) => value === chosen.value) ?? MEASURES[0];
  const data = useMemo(
    () => ({
      times: now.series.map(({ at }) => Date.parse(at) / 1000),
      values: now.series.map(({ counts }) => measure?.of(counts) ?? 0),
      before: now.series.map((_, index) => {
        const counts = before.series[index]?.counts;
        return counts === undefined ? null : (measure?.of(counts) ?? 0);
      }),
    }),
    [now, before, measure],
  );
  if (measure === undefined) return null;
  const label = `${measure.label} ${now.unit === 'hour' ? 'an hour' : 'a day'}`;
  const moment = createMomentFormat(view.locale.value, now.unit);
  const { number } = view.formats.value;
  const point = (index: number) => {
    const earlier = data.before[index];
    return `${moment(now.series[index]?.at ?? now.from)}: ${number(data.values[index] ?? 0)}${
      earlier === null || earlier === undefined ? '' : `, ${number(earlier)} in the period before`
    }`;
  };

  return (
    <Section
      heading={label}
      help="The dashed line is the period before."
      isWide
      actions={
        <>
          <Select
            label="What is shown"
            isLabelHidden
            value={measure.value}
            options={MEASURES}
            onSelect={(value) => {
              chosen.value = value;
            }}
          />
          <Button
            onClick={() => {
              isTable.value = !isTable.value;
            }}
          >
            {isTable.value ? 'Hide the table' : 'Show as a table'}
          </Button>
        </>
      }
    >
      <ChartView view={view} label={label} data={data} unit={now.unit} describe={point} />
      {isTable.value && <SeriesTable label={label} now={now} data={data} moment={moment} number={number} />}
    </Section>
  );
}

type SeriesProps = {
  readonly label: string;
  readonly now: Analytics;
  readonly data: { readonly values: readonly number[]; readonly before: readonly (number | null)[] };
  readonly moment: (iso: string) => string;
  readonly number: (value: number) => string;
};

function SeriesTable({ label, now, data, moment, number }: SeriesProps) {
  type Row = { readonly at: string; readonly index: number };
  const columns: readonly Column<Row>[] = [
    { heading: now.unit === 'hour' ? 'Hour' : 'Day', cell: ({ at }) => moment(at) },
    { heading: 'Now', isNumber: true, cell: ({ index }) => number(data.values[index] ?? 0) },
    {
      heading: 'Before',
      isNumber: true,
      cell({ index }) {
        const earlier = data.before[index];
        return earlier === null || earlier === undefined ? '' : number(earlier);
      },
    },
  ];
  const rows = now.series.map(({ at }, index) => ({ at, index }));
  return <Table caption={label} columns={columns} rows={rows} keyOf={({ at }) => at} />;
}

function createMomentFormat(locale: string, unit: 'hour' | 'day'): (iso: string) => string {
  const options: Intl.DateTimeFormatOptions =
    unit === 'hour'
      ? { weekday: 'short', hour: 'numeric', minute: '2-digit' }
      : { weekday: 'short', month: 'short', day: 'numeric' };
  const format = new Intl.DateTimeFormat(locale === '' ? undefined : locale, options);
  return (iso) => format.format(new Date(iso));
}
