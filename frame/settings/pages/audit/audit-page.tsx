import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { AuditEntry } from '../../../../shared/audit-api.ts';
import { visibleText } from '../../../markdown/visible-text.ts';
import { type AuditFilter, listAuditEntries } from '../../api/history.ts';
import { createPagedList } from '../../state/paged-list.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/marks.tsx';
import { Paged } from '../../ui/paged.tsx';
import { Section } from '../../ui/section.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditVerdict } from './audit-verdict.tsx';
import { ACT_NAMES, describeAct } from './describe-act.ts';

const EVERYTHING: AuditFilter = { act: undefined, actor: undefined, from: undefined, to: undefined };

/** Every act of an admin, for owners: filtered, and with the word on whether the log is as it was written. */
export function AuditPage({ view }: { view: View }) {
  const filter = useSignal<AuditFilter>(EVERYTHING);
  const { version } = view.published.value;
  const list = useMemo(
    () =>
      createPagedList(async (before: number | undefined) => {
        const { entries, next } = await listAuditEntries(view.api, filter.value, before);
        return { rows: entries, next };
      }),
    [filter.value, view.api],
  );
  useEffect(() => {
    if (version > 0) void list.older();
  }, [list, version]);

  if (version === 0) return <EmptyState heading="Nothing was done yet">The first publish begins the log.</EmptyState>;
  return (
    <>
      <AuditVerdict view={view} />
      <Section heading="What admins did" help="Newest first. Times are where you are." isWide>
        <AuditFilters
          onFilter={(next) => {
            filter.value = next;
          }}
        />
        <Paged
          list={list}
          what="entries"
          empty={
            <EmptyState heading="Nothing of this kind was done">Another person, act or time may have it.</EmptyState>
          }
        >
          {(rows) => (
            <Table caption="Audit log" columns={columnsFor(view)} rows={rows} keyOf={({ seq }) => String(seq)} />
          )}
        </Paged>
      </Section>
    </>
  );
}

function columnsFor(view: View): readonly Column<AuditEntry>[] {
  return [
    { heading: 'No.', isNumber: true, cell: ({ seq }) => view.formats.value.number(seq) },
    { heading: 'When', cell: ({ at }) => <Time at={at} formats={view.formats} /> },
    { heading: 'Who', cell: ({ actor }) => <Who {...actor} /> },
    { heading: 'Act', cell: ({ act }) => ACT_NAMES[act] },
    { heading: 'About', cell: (entry) => visibleText(describeAct(entry)) },
  ];
}

function Who({ subject, role }: AuditEntry['actor']) {
  return (
    <>
      <bdi>{visibleText(subject)}</bdi> ({role})
    </>
  );
}
