import type { EmbedAttempts } from '../../../../shared/embed-attempts-api.ts';
import { sentenceOf } from '../../api/admin-api-error.ts';
import { checkSite, getEmbedAttempts } from '../../api/sites.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Time } from '../../ui/marks.tsx';
import { Section } from '../../ui/section.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { type RefusedSite, refusedSites } from './refused-sites.ts';

/** Who tried to embed the widget and was refused, with the way to let them in. */
export function RefusedList({ view }: { view: View }) {
  const { resources } = view;
  const attempts = resources.use('embed-attempts', () => getEmbedAttempts(view.api)).value;
  return (
    <Section
      heading="Who tried to embed it"
      help="Sites that asked for the widget and were refused, as their visitors’ browsers named them."
      isWide
    >
      {attempts.answer === undefined ? (
        <Loading resource={attempts} onRetry={() => void resources.reload('embed-attempts')} />
      ) : (
        <Refused view={view} attempts={attempts.answer} />
      )}
    </Section>
  );
}

function Refused({ view, attempts }: { view: View; attempts: EmbedAttempts }) {
  const rows = refusedSites(attempts);
  const { allowlist } = view.draft.settings.value;
  const columns: readonly Column<RefusedSite>[] = [
    { heading: 'Site', cell: ({ embedder }) => <code class="site">{embedder || 'did not say'}</code> },
    { heading: 'Times', isNumber: true, cell: ({ count }) => view.formats.value.number(count) },
    { heading: 'Last', cell: ({ lastSeenAt }) => <Time at={lastSeenAt} formats={view.formats} /> },
    {
      heading: 'Actions',
      isActions: true,
      cell: ({ embedder }) =>
        embedder !== '' &&
        (allowlist.includes(embedder) ? (
          'Allowed in your draft'
        ) : (
          <Button label={`Allow this site: ${embedder}`} onClick={() => void allow(view, embedder)}>
            Allow this site
          </Button>
        )),
    },
  ];
  if (rows.length === 0) {
    return (
      <EmptyState heading="Nobody was refused">
        When a site that is not allowed asks for the widget, it stands here.
      </EmptyState>
    );
  }
  return <Table caption="Sites that were refused" columns={columns} rows={rows} keyOf={({ embedder }) => embedder} />;
}

/** The same rules hold as for a line that is typed. */
async function allow(view: View, embedder: string): Promise<void> {
  try {
    const checked = await checkSite(view.api, embedder, new AbortController().signal);
    if (checked.kind === 'refused') view.notify(checked.reason, { tone: 'danger' });
    else view.draft.edit('allowlist', (sites) => [...new Set([...sites, checked.saved])]);
  } catch (error) {
    view.notify(sentenceOf(error), { tone: 'danger' });
  }
}
