import { useSignal } from '@preact/signals';
import type { KeyTarget, RotateKeyAnswer } from '../../../../shared/keys-api.ts';
import { sentenceOf } from '../../api/admin-api-error.ts';
import { rotateKey } from '../../api/keys.ts';
import { getSettings } from '../../api/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/marks.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { KEY_WORDS } from './key-words.ts';
import { NewKey } from './new-key.tsx';
import { OVERLAPS, type Overlap, USUAL_OVERLAP } from './overlaps.ts';

type Props = { readonly view: View; readonly target: KeyTarget; readonly onClose: () => void };

/** A rotation step by step: why and for how long, then the new key, shown once. */
export function RotateDialog({ view, target, onClose }: Props) {
  const made = useSignal<RotateKeyAnswer | undefined>(undefined);
  if (made.value !== undefined) return <NewKey view={view} made={made.value} onClose={onClose} />;
  return (
    <AskRotation
      view={view}
      target={target}
      onClose={onClose}
      onMade={(answer) => {
        made.value = answer;
      }}
    />
  );
}

function AskRotation({ view, target, onClose, onMade }: Props & { onMade: (answer: RotateKeyAnswer) => void }) {
  const reason = useSignal('');
  const overlap = useSignal<Overlap>(USUAL_OVERLAP);
  const isBusy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const { name, consequence } = KEY_WORDS[target];

  async function rotate(): Promise<void> {
    isBusy.value = true;
    problem.value = undefined;
    try {
      const body = { target, overlapSeconds: Number(overlap.value), reason: reason.value.trim() };
      onMade(await rotateKey(view.api, body));
      // The new key is shown whatever happens to these two: they only bring what is shown elsewhere up to date.
      void view.resources.reload('rotations');
      getSettings(view.api).then(view.adopt, () => {});
    } catch (error) {
      problem.value = sentenceOf(error);
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <Dialog
      title={`Rotate the ${name.toLowerCase()}`}
      seen={view.seen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind={overlap.value === '0' ? 'danger' : 'primary'}
            isBusy={isBusy.value}
            onClick={() => void rotate()}
          >
            Make a new key
          </Button>
        </>
      }
    >
      {problem.value !== undefined && <Notice tone="danger">{problem.value}</Notice>}
      <TextField
        label="Reason"
        value={reason.value}
        placeholder="The agency left"
        help="For the history. At most 500 characters."
        error={reason.value.trim().length > 500 ? 'At most 500 characters.' : undefined}
        onInput={(text) => {
          reason.value = text;
        }}
      />
      <Select
        label="Overlap"
        value={overlap.value}
        options={OVERLAPS}
        help={overlap.value === '0' ? consequence : 'How long the old key works beside the new one.'}
        onSelect={(seconds) => {
          overlap.value = seconds;
        }}
      />
    </Dialog>
  );
}
