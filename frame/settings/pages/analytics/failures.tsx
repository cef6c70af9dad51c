import type { Counts } from '../../../../shared/analytics-api.ts';
import type { ReplyFailureCode } from '../../../../shared/error-code.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';

const MEANINGS: Readonly<Record<ReplyFailureCode, string>> = {
  MODEL_UNAVAILABLE: 'The model could not be reached.',
  MODEL_TIMEOUT: 'The model took too long.',
  MODEL_REFUSED: 'The model refused to answer.',
  MODEL_BUSY: 'The model had too many requests.',
  MODEL_NOT_AUTHORIZED: 'The model did not accept the key: look at AI_API_KEY.',
  MODEL_ERROR: 'The model failed in another way.',
  REPLY_TOO_LONG: 'The reply became too long and was ended.',
  INTERRUPTED: 'The server stopped while it answered.',
};

type Row = { readonly code: ReplyFailureCode; readonly before: number; readonly count: number };

/** Why replies failed, and how often. Every visitor was offered to try again. */
export function Failures({ view, now, before }: { view: View; now: Counts; before: Counts }) {
  const { number } = view.formats.value;
  const rows = Object.entries(MEANINGS)
    .map(([name]) => name as ReplyFailureCode)
    .map((code): Row => ({ code, count: now.failures[code] ?? 0, before: before.failures[code] ?? 0 }))
    .filter((row) => row.count + row.before > 0);
  const columns: readonly Column<Row>[] = [
    { heading: 'Code', cell: ({ code }) => <code>{code}</code> },
    { heading: 'What happened', cell: ({ code }) => MEANINGS[code] },
    { heading: 'Now', isNumber: true, cell: (row) => number(row.count) },
    { heading: 'Before', isNumber: true, cell: (row) => number(row.before) },
  ];
  return (
    <Section heading="Failed replies" help="By code. A visitor can try each of them again." isWide>
      {rows.length === 0 ? (
        <EmptyState heading="No reply failed in this time or the one before" />
      ) : (
        <Table caption="Failed replies" columns={columns} rows={rows} keyOf={({ code }) => code} />
      )}
    </Section>
  );
}
