import { useSignal } from '@preact/signals';
import { compareVersions } from '../../api/history.ts';
import { ChangeList } from '../../changes/change-list.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';
import { restore } from './restore.ts';

type Props = { readonly view: View; readonly from: number; readonly to: number };

/** What leads from one version to another, whichever two. */
export function Comparison({ view, from, to }: Props) {
  const { resources } = view;
  const name = `versions ${from} ${to}`;
  const diff = resources.use(name, () => compareVersions(view.api, from, to)).value;
  return (
    <Section
      heading={from === to - 1 ? `What version ${to} changed` : `From version ${from} to version ${to}`}
      help={from === 0 ? 'Compared with what a widget is born with.' : `Compared with version ${from}.`}
      isWide
      actions={
        <Button kind="bare" onClick={() => view.go('history')}>
          Close
        </Button>
      }
    >
      <Against key={`${from} ${to}`} view={view} from={from} to={to} />
      {diff.answer === undefined ? (
        <Loading resource={diff} onRetry={() => void resources.reload(name)} />
      ) : diff.answer.changes.length === 0 ? (
        <p>Both are the same.</p>
      ) : (
        <ChangeList changes={diff.answer.changes} importLater={view.importLater} />
      )}
      {diff.answer !== undefined && to !== view.published.value.version && (
        <div>
          <Button reason={view.reasonAgainst('settings:restore')} onClick={() => void restore(view, to)}>
            Restore version {to}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Chooses the other version by its number. */
function Against({ view, from, to }: Props) {
  const other = useSignal(from);
  const most = view.published.value.version;
  const isThere = Number.isInteger(other.value) && other.value >= 0 && other.value <= most;
  return (
    <div class="field-row narrow">
      <NumberField
        label="Compare with version"
        least={0}
        most={most}
        value={other.value}
        error={isThere ? undefined : `A number from 0 to ${most}.`}
        onInput={(version) => {
          other.value = version;
        }}
      />
      <Button
        reason={isThere ? undefined : `There are the versions 0 to ${most}.`}
        onClick={() => view.go(`history/${to}/${other.value}`)}
      >
        Compare
      </Button>
    </div>
  );
}
