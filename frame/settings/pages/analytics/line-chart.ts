import uPlot from 'uplot';
import rules from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import { addStyles } from '../../ui/add-styles.ts';

addStyles(rules);

export type ChartData = {
  /** Seconds of the epoch. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Of the period before, at the same places. */
  readonly before: readonly (number | null)[];
};

export type Chart = {
  show(data: ChartData): void;
  /** Puts the cursor on a point, as the arrow keys do. */
  point(index: number | null): void;
  destroy(): void;
};

type Options = {
  readonly locale: string;
  readonly unit: 'hour' | 'day';
  /** Hears which point the pointer is at; `null` for none. */
  readonly onPoint: (index: number | null) => void;
};

const HEIGHT = 240;
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Seconds from one label of the time to the next: whole hours, or whole days. */
const STEPS = {
  hour: [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  day: [DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY],
};

/** A line for now and a dashed one for before, in the colours of the page. Imported later: it brings the library. */
export function createLineChart(host: HTMLElement, data: ChartData, options: Options): Chart {
  const plot = new uPlot({ ...plotOptions(options), width: host.clientWidth, height: HEIGHT }, toPlot(data), host);
  const resized = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT }));
  resized.observe(host);
  // The colours are read while drawing, so a new theme needs no more than that.
  const themed = new MutationObserver(() => plot.redraw());
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mode', 'style'] });

  return {
    show: (next) => plot.setData(toPlot(next)),
    point(index) {
      const time = index === null ? undefined : plot.data[0][index];
      if (time === undefined) plot.setCursor({ left: -10, top: -10 });
      else plot.setCursor({ left: plot.valToPos(time, 'x'), top: 0 });
    },
    destroy() {
      resized.disconnect();
      themed.disconnect();
      plot.destroy();
    },
  };
}

function plotOptions({ locale, unit, onPoint }: Options): Omit<uPlot.Options, 'width' | 'height'> {
  return {
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(4, most * 1.1)] } },
    axes: plotAxes(locale === '' ? undefined : locale, unit),
    series: [
      {},
      { stroke: () => colour('--accent'), fill: () => colour('--soft'), width: 2, points: { show: false } },
      { stroke: () => colour('--muted'), width: 1.5, dash: [4, 4], points: { show: false } },
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}

function plotAxes(locale: string | undefined, unit: Options['unit']): uPlot.Axis[] {
  const moment = new Intl.DateTimeFormat(
    locale,
    unit === 'hour' ? { hour: 'numeric' } : { month: 'short', day: 'numeric' },
  );
  const number = new Intl.NumberFormat(locale, { notation: 'compact' });
  const axis: uPlot.Axis = {
    stroke: () => colour('--muted'),
    font: `12px ${colour('--font')}`,
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return [
    {
      ...axis,
      grid: { show: false },
      space: 72,
      incrs: STEPS[unit],
      values: (_plot, ticks) => ticks.map((tick) => moment.format(tick * 1000)),
    },
    {
      ...axis,
      size: 52,
      incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
      values: (_plot, ticks) => ticks.map((tick) => number.format(tick)),
    },
  ];
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function toPlot({ times, values, before }: ChartData): uPlot.AlignedData {
  return [[...times], [...values], [...before]];
}
