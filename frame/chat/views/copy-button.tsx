import { useSignal } from '@preact/signals';
import { visibleText } from '../../markdown/visible-text.ts';
import { copyText } from '../../ui/copy-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { CHECK, COPY } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';

const SAID_FOR_MS = 2_000;

/** Copies a reply as it was written, without the numbers of its sources. */
export function CopyButton({ text }: { text: string }) {
  const isCopied = useSignal(false);

  function copy(): void {
    isCopied.value = copyText(visibleText(text).replace(/ ?\[\d{1,2}\](?!\()/g, ''));
    setTimeout(() => {
      isCopied.value = false;
    }, SAID_FOR_MS);
  }

  return (
    <button
      type="button"
      class="quiet copy"
      aria-label={isCopied.value ? strings.copied : strings.copy}
      title={isCopied.value ? strings.copied : strings.copy}
      onClick={copy}
    >
      <Icon shape={isCopied.value ? CHECK : COPY} />
    </button>
  );
}
