import type { VersionList } from '../../../../shared/settings-api.ts';
import { visibleText } from '../../../markdown/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, Time } from '../../ui/marks.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { restore } from './restore.ts';
import { nameSections } from './section-names.ts';

export type Version = VersionList['versions'][number];

export function VersionTable({ view, rows }: { view: View; rows: readonly Version[] }) {
  const current = view.published.value.version;
  const columns: readonly Column<Version>[] = [
    {
      heading: 'Version',
      cell: ({ version }) => (
        <>
          {version} {version === current && <Chip tone="ok">Live</Chip>}
        </>
      ),
    },
    { heading: 'When', cell: ({ savedAt }) => <Time at={savedAt} formats={view.formats} /> },
    { heading: 'By', cell: ({ savedBy }) => <bdi title={savedBy.role}>{visibleText(savedBy.subject)}</bdi> },
    { heading: 'Changed', cell: ({ sections }) => nameSections(sections) },
    {
      heading: 'Note',
      cell: ({ note, restoredFrom }) =>
        note === '' ? restoredFrom !== undefined && `Version ${restoredFrom} again` : <bdi>{visibleText(note)}</bdi>,
    },
    {
      heading: 'Actions',
      isActions: true,
      cell: ({ version }) => (
        <>
          <Button kind="bare" label={`Changes of version ${version}`} onClick={() => view.go(`history/${version}`)}>
            Changes
          </Button>
          {version !== current && (
            <Button
              label={`Restore version ${version}`}
              reason={view.reasonAgainst('settings:restore')}
              onClick={() => void restore(view, version)}
            >
              Restore
            </Button>
          )}
        </>
      ),
    },
  ];
  return <Table caption="Versions" columns={columns} rows={rows} keyOf={({ version }) => String(version)} />;
}
