import type { ComponentChildren } from 'preact';

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

/** Rows in one rounded card; on a phone each row is a small card of its own, with the headings beside the values. */
export function Table<R>({ caption, columns, rows, keyOf }: Props<R>) {
  return (
    <table class="table">
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
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.heading} class={classOf(column)} data-heading={column.heading}>
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function classOf<R>({ isNumber, isActions }: Column<R>): string | undefined {
  return isActions ? 'cell-actions' : isNumber ? 'cell-number' : undefined;
}
