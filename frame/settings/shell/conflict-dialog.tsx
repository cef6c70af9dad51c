import { useSignal } from '@preact/signals';
import { visibleText } from '../../markdown/visible-text.ts';
import { sentenceOf } from '../api/admin-api-error.ts';
import { ChangeList } from '../changes/change-list.tsx';
import { labelOf } from '../changes/field-label.ts';
import { type Choice, type ConflictField, findConflictFields, resolveConflict } from '../state/conflict.ts';
import { type Conflict, goOnWith } from '../state/publish.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice, Time } from '../ui/marks.tsx';
import type { View } from '../view.ts';

type Props = {
  readonly view: View;
  readonly conflict: Conflict;
  readonly onClose: () => void;
  /** The draft now stands on what is published, and can be reviewed again. */
  readonly onResolved: () => void;
};

/** Both edits side by side, field by field; the admin takes either. Nothing is sent before the next review. */
export function ConflictDialog({ view, conflict, onClose, onResolved }: Props) {
  const fields = findConflictFields(conflict);
  const choices = useSignal<ReadonlyMap<string, Choice>>(new Map());
  const failure = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);

  async function goOn(): Promise<void> {
    isBusy.value = true;
    try {
      await goOnWith(view, resolveConflict(conflict, fields, choices.value), conflict);
      onResolved();
    } catch (error) {
      failure.value = sentenceOf(error);
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <Dialog
      title="Somebody published while you were editing"
      isWide
      seen={view.seen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Decide later</Button>
          <Button kind="primary" isBusy={isBusy.value} onClick={() => void goOn()}>
            Go on with this choice
          </Button>
        </>
      }
    >
      <WhoPublished view={view} conflict={conflict} />
      {failure.value !== undefined && <Notice tone="danger">{failure.value}</Notice>}
      <ul class="conflict">
        {fields.map((field) => (
          <li key={field.path} class="card">
            <FieldChoice
              view={view}
              field={field}
              choice={choices.value.get(field.path) ?? field.usual}
              onChoose={(choice) => {
                choices.value = new Map(choices.value).set(field.path, choice);
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function WhoPublished({ view, conflict: { current, version } }: { view: View; conflict: Conflict }) {
  return (
    <p>
      {current === undefined ? (
        `Version ${version} is published now.`
      ) : (
        <>
          Version {version} is by <bdi>{visibleText(current.savedBy.subject)}</bdi>,{' '}
          <Time at={current.savedAt} formats={view.formats} />.
        </>
      )}{' '}
      Choose for each setting whose value goes on. Their version stays in the history either way.
    </p>
  );
}

type ChoiceProps = {
  readonly view: View;
  readonly field: ConflictField;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
};

function FieldChoice({ view, field, choice, onChoose }: ChoiceProps) {
  const { path, mine, theirs } = field;
  const sides = [
    { value: 'mine' as const, label: 'Yours' },
    { value: 'theirs' as const, label: 'Theirs' },
    ...(path === 'allowlist' ? [{ value: 'both' as const, label: 'Both' }] : []),
  ];
  return (
    <div class="conflict-field">
      <Segmented label={labelOf(path)} value={choice} choices={sides} onSelect={onChoose} />
      <Side name="Yours" changes={mine} view={view} />
      <Side name="Theirs" changes={theirs} view={view} />
    </div>
  );
}

function Side({ name, changes, view }: { name: string; changes: ConflictField['mine']; view: View }) {
  return (
    <div class="conflict-side">
      <span class="muted">{name}</span>
      {changes.length === 0 ? (
        <span class="muted">left it as it was</span>
      ) : (
        <ChangeList changes={changes} importLater={view.importLater} />
      )}
    </div>
  );
}
