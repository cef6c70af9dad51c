import { getRotations } from '../../api/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Chip, Time } from '../../ui/marks.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';
import { lastSeenByOrigin } from '../sites/site-uses.ts';

const LIVE_FOR_MS = 24 * 60 * 60 * 1000;
const MOST_SHOWN = 5;

/** Where the widget was seen last. */
export function LiveStatus({ view }: { view: View }) {
  const { resources } = view;
  const rotations = resources.use('rotations', () => getRotations(view.api)).value;
  if (view.published.value.version === 0) return null;
  if (rotations.answer === undefined) {
    return <Loading resource={rotations} rows={2} onRetry={() => void resources.reload('rotations')} />;
  }
  const seen = [...lastSeenByOrigin(rotations.answer)].sort(([, one], [, other]) => other.localeCompare(one));
  const live = seen.filter(([, at]) => view.now() - Date.parse(at) < LIVE_FOR_MS);
  return (
    <Section heading="Where it is" help="Sites that asked for the widget, latest first.">
      <div>
        <Chip tone={live.length > 0 ? 'ok' : 'warn'}>{describe(seen.length, live.length)}</Chip>
      </div>
      {seen.length > 0 && (
        <ul class="seen-sites">
          {seen.slice(0, MOST_SHOWN).map(([origin, at]) => (
            <li key={origin}>
              <code>{origin}</code>
              <Time at={at} formats={view.formats} />
            </li>
          ))}
        </ul>
      )}
      {seen.length > MOST_SHOWN && (
        <div>
          <Button kind="bare" onClick={() => view.go('sites')}>
            See all {seen.length} sites
          </Button>
        </div>
      )}
    </Section>
  );
}

function describe(seen: number, live: number): string {
  if (live === 1) return 'Live on one site';
  if (live > 1) return `Live on ${live} sites`;
  return seen === 0 ? 'Not seen on any site yet' : 'Not seen for a day';
}
