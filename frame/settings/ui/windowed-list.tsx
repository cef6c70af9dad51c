import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { SeenPart } from '../host/seen-part.ts';

type Props<R> = {
  readonly label: string;
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  /** Of every row, in CSS pixels. */
  readonly rowHeight: number;
  readonly seen: ReadonlySignal<SeenPart>;
  /** Answers a component; the same function each time, so that rows that stay are not drawn again. */
  readonly children: (row: R) => ComponentChildren;
};

/** Rows drawn beyond what is seen, so that scrolling and tabbing find them there. */
const SPARE_ROWS = 12;

/** A list of thousands: as high as all of it, but only the rows near what is on the screen are drawn. */
export function WindowedList<R>({ label, rows, keyOf, rowHeight, seen, children }: Props<R>) {
  const list = useRef<HTMLUListElement>(null);
  const top = useSignal(0);
  const isMeasured = useSignal(false);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      top.value = list.current?.getBoundingClientRect().top ?? 0;
    });
    observer.observe(document.body);
    if (list.current !== null) observer.observe(list.current);
    return () => observer.disconnect();
  }, [top]);

  // Where the list begins is known once it is laid out. Until then a few rows are enough.
  useEffect(() => {
    isMeasured.value = true;
  }, [isMeasured]);

  // The window moves in steps, so that a scroll draws anew only now and then.
  const first = useComputed(() => stepDown((seen.value.top - top.value) / rowHeight - SPARE_ROWS));
  const last = useComputed(
    () => stepDown((seen.value.top + seen.value.height - top.value) / rowHeight) + 2 * SPARE_ROWS,
  );
  const from = Math.min(Math.max(0, first.value), Math.max(0, rows.length - 1));
  const to = isMeasured.value ? Math.max(0, last.value) : from + SPARE_ROWS;

  return (
    <ul class="windowed" aria-label={label} ref={list} style={{ blockSize: `${rows.length * rowHeight}px` }}>
      {rows.slice(from, to).map((row, index) => (
        <li
          key={keyOf(row)}
          aria-setsize={rows.length}
          aria-posinset={from + index + 1}
          style={{ insetBlockStart: `${(from + index) * rowHeight}px`, blockSize: `${rowHeight}px` }}
        >
          <Row row={row} draw={children} />
        </li>
      ))}
    </ul>
  );
}

type RowProps<R> = { readonly row: R; readonly draw: (row: R) => ComponentChildren };

/** Drawn once, however often the window moves. */
function Row<R>({ row, draw }: RowProps<R>) {
  return <>{useMemo(() => draw(row), [row, draw])}</>;
}

function stepDown(row: number): number {
  return Math.floor(row / SPARE_ROWS) * SPARE_ROWS;
}
