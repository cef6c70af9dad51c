import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { sentenceOf } from '../api/admin-api-error.ts';
import { ChangeList } from '../changes/change-list.tsx';
import { type Conflict, publish } from '../state/publish.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/marks.tsx';
import { TextArea } from '../ui/text-field.tsx';
import type { View } from '../view.ts';

type Props = {
  readonly view: View;
  readonly note: { value: string };
  readonly onClose: () => void;
  readonly onConflict: (conflict: Conflict) => void;
  /** The server found something wrong; the fields say what. */
  readonly onInvalid: () => void;
};

/** What is about to be published, in words, with room for a note. */
export function PublishDialog({ view, note, onClose, onConflict, onInvalid }: Props) {
  const isBusy = useSignal(false);
  const failure = useSignal<string | undefined>(undefined);
  const changes = view.draft.changes.value;
  const withdrawal = useMemo(() => new AbortController(), []);
  // Who goes on editing while the publish waits for a sign-in does not want it any more when one comes.
  useEffect(() => () => withdrawal.abort(), [withdrawal]);

  async function run(): Promise<void> {
    isBusy.value = true;
    failure.value = undefined;
    const outcome = await publish(view, note.value.trim(), withdrawal.signal);
    isBusy.value = false;
    if (outcome.kind === 'conflict') return onConflict(outcome.conflict);
    if (outcome.kind === 'invalid') return onInvalid();
    if (outcome.kind === 'failed') {
      failure.value = sentenceOf(outcome.error);
      return;
    }
    note.value = '';
    onClose();
    offerUndo(view, outcome);
  }

  return (
    <Dialog
      title="Publish these changes"
      isWide
      seen={view.seen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button kind="primary" isBusy={isBusy.value} onClick={() => void run()}>
            {isBusy.value ? 'Publishing' : 'Publish'}
          </Button>
        </>
      }
    >
      {failure.value !== undefined && (
        <Notice tone="danger" heading="Not published yet">
          {failure.value} Your changes are safe here.
        </Notice>
      )}
      <ChangeList changes={changes} importLater={view.importLater} />
      <TextArea
        label="Note"
        help="Optional. It stands in the history beside this version."
        rows={2}
        value={note.value}
        error={note.value.length > LONGEST_NOTE ? `Shorten this to ${LONGEST_NOTE} characters or fewer.` : undefined}
        onInput={(text) => {
          note.value = text;
        }}
      />
    </Dialog>
  );
}

const LONGEST_NOTE = 500;
const UNDO_SECONDS = 30;

function offerUndo(view: View, { version, undo }: { version: number; undo: () => Promise<void> }): void {
  async function run(): Promise<void> {
    try {
      await undo();
      view.notify('The version before is back.');
    } catch (error) {
      view.notify(`It is not undone. ${sentenceOf(error)}`, { tone: 'danger' });
    }
  }
  view.notify(`Version ${version} is published. Open chats follow within seconds.`, {
    seconds: UNDO_SECONDS,
    action: { label: 'Undo', run: () => void run() },
  });
}
