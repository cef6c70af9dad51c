import type { Rotation, RotationsAnswer } from '../../../../shared/keys-api.ts';
import { visibleText } from '../../../markdown/visible-text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/marks.tsx';
import { Section } from '../../ui/section.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { KEY_WORDS } from './key-words.ts';

const SHOWN = 20;

/** What was rotated before, by whom and why. */
export function RotationList({ view, answer }: { view: View; answer: RotationsAnswer }) {
  const columns: readonly Column<Rotation>[] = [
    { heading: 'Key', cell: ({ target }) => KEY_WORDS[target].name },
    { heading: 'When', cell: ({ rotatedAt }) => <Time at={rotatedAt} formats={view.formats} /> },
    { heading: 'By', cell: ({ actor }) => <bdi title={actor.role}>{visibleText(actor.subject)}</bdi> },
    { heading: 'Reason', cell: ({ reason }) => (reason === '' ? 'None given' : <bdi>{visibleText(reason)}</bdi>) },
    { heading: 'Overlap', cell: (rotation) => <Overlap view={view} rotation={rotation} /> },
  ];
  return (
    <Section heading="Rotations" help="The last ones. Every one is in the audit log as well." isWide>
      {answer.rotations.length === 0 ? (
        <EmptyState heading="No key was rotated yet">A key that nobody else has seen needs no rotation.</EmptyState>
      ) : (
        <Table caption="Rotations" columns={columns} rows={answer.rotations.slice(0, SHOWN)} keyOf={({ id }) => id} />
      )}
    </Section>
  );
}

function Overlap({ view, rotation: { hasEnded, endsAt } }: { view: View; rotation: Rotation }) {
  return (
    <>
      {hasEnded ? 'Ended ' : 'Ends '}
      <Time at={endsAt} formats={view.formats} />
    </>
  );
}
