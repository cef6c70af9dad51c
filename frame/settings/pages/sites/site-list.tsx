import { getToday } from '../../api/analytics.ts';
import { getRotations } from '../../api/keys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/marks.tsx';
import { Section } from '../../ui/section.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { lastSeenAt, lastSeenByOrigin, trafficOf } from './site-uses.ts';

const SHOWN_AT_ONCE = 200;

/** The allowlist of the draft, with when each line last let somebody in. */
export function SiteList({ view }: { view: View }) {
  const { allowlist } = view.draft.settings.value;
  const rotations = view.resources.use('rotations', () => getRotations(view.api)).value;
  const seen = rotations.answer && lastSeenByOrigin(rotations.answer);
  const published = new Set(view.published.value.settings.allowlist);

  const columns: readonly Column<string>[] = [
    { heading: 'Site', cell: (entry) => <code class="site">{entry}</code> },
    {
      heading: 'Last seen',
      cell(entry) {
        if (!published.has(entry)) return 'Not published yet';
        if (seen === undefined) return '';
        const at = lastSeenAt(entry, seen);
        return at === undefined ? 'Not in 90 days' : <Time at={at} formats={view.formats} />;
      },
    },
    {
      heading: 'Actions',
      isActions: true,
      cell: (entry) => (
        <Button kind="bare" label={`Remove ${entry}`} onClick={() => void removeSite(view, entry)}>
          Remove
        </Button>
      ),
    },
  ];
  if (allowlist.length === 0) {
    return (
      <EmptyState heading="No site may show the widget yet">
        Allow the first one below. Until you publish it, nobody sees the widget.
      </EmptyState>
    );
  }
  return (
    <Section
      heading="Allowed sites"
      help="Only these may show the widget; the browser of every visitor enforces it."
      isWide
    >
      <Table
        caption="Allowed sites"
        columns={columns}
        rows={allowlist.slice(0, SHOWN_AT_ONCE)}
        keyOf={(entry) => entry}
      />
      {allowlist.length > SHOWN_AT_ONCE && (
        <p class="help">
          The first {SHOWN_AT_ONCE} of {view.formats.value.number(allowlist.length)} sites. The settings API has all.
        </p>
      )}
    </Section>
  );
}

/** Asks first if visitors used the widget there today. */
async function removeSite(view: View, entry: string): Promise<void> {
  if (view.published.value.settings.allowlist.includes(entry)) {
    const today = await getToday(view.api, new Date(view.now())).catch(() => undefined);
    const traffic = today && trafficOf(entry, today);
    const hadTraffic = traffic === undefined || traffic.opened + traffic.messages > 0;
    if (hadTraffic && !(await view.confirm(questionFor(view, entry, traffic)))) return;
  }
  view.draft.edit('allowlist', (sites) => sites.filter((site) => site !== entry));
}

function questionFor(view: View, entry: string, traffic: ReturnType<typeof trafficOf> | undefined) {
  const { number } = view.formats.value;
  const today =
    traffic === undefined
      ? 'Whether it was used today is not known right now.'
      : `Today it was opened there ${number(traffic.opened)} times, and visitors wrote ${number(traffic.messages)} messages.`;
  return {
    title: `Remove ${entry}?`,
    body: `${today} After you publish, the widget disappears from it within five seconds, open chats included.`,
    action: 'Remove',
    isDangerous: true,
  };
}
