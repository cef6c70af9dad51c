import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

export type Column<R> = {
  readonly heading: string;
  readonly cell: (row: R) => ComponentChildren;
  /** Digits of one width, at the end of the column. */
  readonly isNumber?: boolean;
  /** The buttons of a row: at its end, without a heading to be seen. */
  readonly isActions?: boolean;
};

type Props<R> = {
  /** What the table is, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
};

/** A long table is drawn part by part, so that it does not take one long task. */
const ROWS_A_PICTURE = 12;

/** Rows in one rounded card; on a phone each row is a small card of its own, with the headings beside the values. */
export function Table<R>({ caption, columns, rows, keyOf }: Props<R>) {
  const drawn = useSignal(ROWS_A_PICTURE);
  // The same elements until there are others, so that the rows that are drawn already are not drawn again with each part.
  const allRows = useMemo(
    () => rows.map((row) => <Row key={keyOf(row)} columns={columns} row={row} />),
    [rows, columns],
  );
  useEffect(() => {
    if (drawn.value < rows.length) drawn.value += ROWS_A_PICTURE;
  });
  return (
    <table class="table" aria-busy={drawn.value < rows.length}>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.heading} scope="col" class={classOf(column)}>
              <span class={column.isActions ? 'unseen' : undefined}>{column.heading}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{allRows.slice(0, drawn.value)}</tbody>
    </table>
  );
}

type RowProps<R> = { readonly columns: readonly Column<R>[]; readonly row: R };

function Row<R>({ columns, row }: RowProps<R>) {
  return (
    <tr>
      {columns.map((column) => (
        <td key={column.heading} class={classOf(column)} data-heading={column.heading}>
          <div>{column.cell(row)}</div>
        </td>
      ))}
    </tr>
  );
}

function classOf<R>({ isNumber, isActions }: Column<R>): string | undefined {
  return isActions ? 'cell-actions' : isNumber ? 'cell-number' : undefined;
}
