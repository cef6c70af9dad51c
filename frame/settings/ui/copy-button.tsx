import { useSignal } from '@preact/signals';
import { copyText } from '../../ui/copy-text.ts';
import { CHECK, COPY } from '../../ui/late-icons.ts';
import { Button } from './button.tsx';

const SAID_FOR_MS = 2_000;

type Props = {
  readonly text: string;
  /** What the button says; "Copy" unless told. */
  readonly children?: string;
  /** For a button whose words say too little, such as "Copy the new secret". */
  readonly label?: string;
  readonly kind?: 'primary' | 'outlined' | 'bare';
  readonly onCopied?: () => void;
};

export function CopyButton({ text, children = 'Copy', label, kind = 'outlined', onCopied }: Props) {
  const isCopied = useSignal(false);

  function copy(): void {
    isCopied.value = copyText(text);
    if (isCopied.value) onCopied?.();
    setTimeout(() => {
      isCopied.value = false;
    }, SAID_FOR_MS);
  }

  return (
    <>
      <Button
        kind={kind}
        shape={isCopied.value ? CHECK : COPY}
        onClick={copy}
        {...(label !== undefined && !isCopied.value && { label })}
      >
        {isCopied.value ? 'Copied' : children}
      </Button>
      <span class="unseen" role="status">
        {isCopied.value ? 'Copied' : ''}
      </span>
    </>
  );
}
