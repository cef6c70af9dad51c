import { useEffect, useMemo } from 'preact/hooks';
import { listVersions } from '../../api/history.ts';
import { createPagedList, type PagedList } from '../../state/paged-list.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Paged } from '../../ui/paged.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';
import { Comparison } from './comparison.tsx';
import { type Version, VersionTable } from './version-table.tsx';

/** Every version that was ever published; `history/12` shows what version 12 changed, `history/12/3` compares two. */
export function HistoryPage({ view }: { view: View }) {
  const { version } = view.published.value;
  // A new version begins the list anew.
  const list = useMemo(
    () =>
      createPagedList(async (before: number | undefined) => {
        const { versions, next } = await listVersions(view.api, before);
        return { rows: versions, next };
      }),
    [version, view.api],
  );
  useEffect(() => {
    if (version > 0) void list.older();
  }, [list, version]);

  // The same element while another comparison opens, so that the list is not drawn again with it.
  const versions = useMemo(() => <Versions view={view} list={list} />, [view, list]);

  if (version === 0) {
    return <EmptyState heading="Nothing was published yet">The first publish is version 1.</EmptyState>;
  }
  const compared = readCompared(view.rest.value);
  return (
    <>
      {compared !== undefined && <Comparison view={view} {...compared} />}
      {versions}
    </>
  );
}

type VersionsProps = { readonly view: View; readonly list: PagedList<Version> };

function Versions({ view, list }: VersionsProps) {
  return (
    <Section heading="Versions" help="Each is whole and never changes. Restoring one makes a new version of it." isWide>
      <Paged list={list} what="versions" empty={null}>
        {(rows) => <VersionTable view={view} rows={rows} />}
      </Paged>
    </Section>
  );
}

/** `12` is compared with the version before, `12/3` with version 3. */
function readCompared(rest: string): { readonly from: number; readonly to: number } | undefined {
  const [, to, from] = /^(\d{1,9})(?:\/(\d{1,9}))?$/.exec(rest) ?? [];
  if (to === undefined || Number(to) === 0) return undefined;
  return { to: Number(to), from: from === undefined ? Number(to) - 1 : Number(from) };
}
