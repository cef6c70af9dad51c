import { type Signal, useSignal } from '@preact/signals';
import type { Conflict } from '../state/publish.ts';
import type { View } from '../view.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';

type Props = { readonly view: View; readonly isOpen: Signal<boolean>; readonly onInvalid: () => void };

/** From the review to the published version, by way of a conflict if there is one. Comes later, when it is needed. */
export function Publishing({ view, isOpen, onInvalid }: Props) {
  const note = useSignal('');
  const conflict = useSignal<Conflict | undefined>(undefined);
  if (!isOpen.value) return null;

  function close(): void {
    isOpen.value = false;
    conflict.value = undefined;
  }

  if (conflict.value !== undefined) {
    return (
      <ConflictDialog
        view={view}
        conflict={conflict.value}
        onClose={close}
        onResolved={() => {
          conflict.value = undefined;
          // Whoever took every setting of the other side has nothing left to publish.
          if (view.draft.changes.value.length === 0) close();
        }}
      />
    );
  }
  return (
    <PublishDialog
      view={view}
      note={note}
      onClose={close}
      onConflict={(found) => {
        conflict.value = found;
      }}
      onInvalid={() => {
        close();
        onInvalid();
      }}
    />
  );
}
