import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { View } from '../../view.ts';
import type { Chart, ChartData } from './line-chart.ts';

type Props = {
  readonly view: View;
  /** What is drawn, such as "Messages a day". */
  readonly label: string;
  readonly data: ChartData;
  readonly unit: 'hour' | 'day';
  /** A point in words, such as "Mon 16: 346, before 270". */
  readonly describe: (index: number) => string;
};

/** Where a key leads from a point. */
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_at, last) => last,
};

/** A chart that can be read with the pointer, and with the arrow keys as a slider over its points. */
export function ChartView({ view, label, data, unit, describe }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | undefined>(undefined);
  const point = useSignal<number | null>(null);
  const last = data.times.length - 1;
  const shown = Math.min(point.value ?? last, last);

  useEffect(() => {
    let isGone = false;
    view
      .importLater('line-chart', () => import('./line-chart.ts'))
      .then(
        ({ createLineChart }) => {
          if (isGone || host.current === null) return;
          const onPoint = (index: number | null) => {
            point.value = index;
          };
          chart.current = createLineChart(host.current, data, { locale: view.locale.value, unit, onPoint });
        },
        // The table under it has the same numbers.
        () => {},
      );
    return () => {
      isGone = true;
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [unit, view]);

  useEffect(() => {
    chart.current?.show(data);
  }, [data]);

  function press(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(last, Math.max(0, step(shown, last)));
    point.value = next;
    chart.current?.point(next);
  }

  return (
    <div class="chart card">
      <p class="chart-point" aria-hidden="true">
        {last < 0 ? '' : describe(shown)}
      </p>
      <div
        class="chart-plot"
        dir="ltr"
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={Math.max(0, shown)}
        aria-valuetext={last < 0 ? 'Nothing yet' : describe(shown)}
        onKeyDown={press}
      />
    </div>
  );
}
