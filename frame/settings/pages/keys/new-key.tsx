import { useSignal } from '@preact/signals';
import type { RotateKeyAnswer } from '../../../../shared/keys-api.ts';
import { type PublicKey, parsePublicKey } from '../../../../shared/public-key.ts';
import { getInstallation } from '../../api/installation.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { View } from '../../view.ts';
import { plainSnippet } from '../overview/snippet-text.ts';
import { KEY_WORDS } from './key-words.ts';

type Props = { readonly view: View; readonly made: RotateKeyAnswer; readonly onClose: () => void };

/** The new snippet or secret. The dialog only goes when it was copied, or when the admin says that it is kept. */
export function NewKey({ view, made, onClose }: Props) {
  const { target, secret, id } = made.key;
  const isKept = useSignal(false);
  const publicKey = parsePublicKey(id);
  const text = secret ?? (publicKey === undefined ? id : undefined);
  const keep = () => {
    isKept.value = true;
  };
  return (
    <Dialog
      title={target === 'public' ? 'The new snippet' : `The new ${KEY_WORDS[target].name.toLowerCase()}`}
      seen={view.seen}
      isInsistent
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          onClick={onClose}
          reason={isKept.value ? undefined : 'Copy it first, or say that you keep it.'}
        >
          Done
        </Button>
      }
    >
      <p>{KEY_WORDS[target].next}</p>
      {target !== 'public' && (
        <p>
          The secret is shown this once. Its id is <code>{id}</code>.
        </p>
      )}
      {text === undefined && publicKey !== undefined ? (
        <NewSnippet view={view} publicKey={publicKey} onCopied={keep} />
      ) : (
        <Copied text={text ?? id} label="Copy the new secret" onCopied={keep} />
      )}
      <Switch
        label="I keep it myself"
        help="It is stored in a safe place."
        isOn={isKept.value}
        onToggle={(isOn) => {
          isKept.value = isOn;
        }}
      />
    </Dialog>
  );
}

type SnippetProps = { readonly view: View; readonly publicKey: PublicKey; readonly onCopied: () => void };

/** Where the loader is may not be known right now; the key alone is then worth having. */
function NewSnippet({ view, publicKey, onCopied }: SnippetProps) {
  const { answer } = view.resources.use('installation', () => getInstallation(view.api)).value;
  const text = answer === undefined ? publicKey : plainSnippet(answer, publicKey);
  return <Copied text={text} label="Copy the new snippet" onCopied={onCopied} />;
}

function Copied({ text, label, onCopied }: { text: string; label: string; onCopied: () => void }) {
  return (
    <div class="secret card">
      <code>{text}</code>
      <CopyButton text={text} label={label} onCopied={onCopied} />
    </div>
  );
}
