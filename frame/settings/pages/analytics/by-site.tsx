import type { Analytics } from '../../../../shared/analytics-api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { downloadCsv } from './download-csv.ts';
import { failedReplies, shareOf } from './measures.ts';

type Row = Analytics['origins'][number];

const SHOWN = 50;

/** What happened on each site, most messages first. */
export function BySite({ view, now }: { view: View; now: Analytics }) {
  const { number, percent } = view.formats.value;
  const columns: readonly Column<Row>[] = [
    { heading: 'Site', cell: ({ origin }) => (origin === '' ? 'Not on the list, and backends' : origin) },
    { heading: 'Opened', isNumber: true, cell: ({ counts }) => number(counts.opened) },
    { heading: 'Conversations', isNumber: true, cell: ({ counts }) => number(counts.conversations) },
    { heading: 'Messages', isNumber: true, cell: ({ counts }) => number(counts.messages) },
    {
      heading: 'Helpful',
      isNumber: true,
      cell({ counts: { helpful, notHelpful } }) {
        const share = shareOf(helpful, helpful + notHelpful);
        return share === undefined ? '–' : percent(share);
      },
    },
    { heading: 'Failed replies', isNumber: true, cell: ({ counts }) => number(failedReplies(counts)) },
    { heading: 'Refused', isNumber: true, cell: ({ counts }) => number(counts.embedsRefused) },
  ];
  return (
    <Section
      heading="By site"
      help={`The ${SHOWN} with the most messages. The CSV has all.`}
      isWide
      actions={
        now.origins.length > 0 && (
          <Button label="Download CSV of the sites" onClick={() => void downloadCsv(view, now, 'sites')}>
            Download CSV
          </Button>
        )
      }
    >
      {now.origins.length === 0 ? (
        <EmptyState heading="No site asked for the widget in this time" />
      ) : (
        <Table caption="By site" columns={columns} rows={now.origins.slice(0, SHOWN)} keyOf={({ origin }) => origin} />
      )}
    </Section>
  );
}
