import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type Shape } from '../../ui/icon.tsx';
import { MORE } from '../../ui/late-icons.ts';
import { walkMenu } from '../../ui/walk-menu.ts';

type Entry = {
  readonly label: string;
  readonly onChoose: () => void;
  readonly shape?: Shape;
  readonly isDangerous?: boolean;
};

/** Further things to do, behind a button; the menu button of https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/. */
export function Menu({ label, entries, shape = MORE }: { label: string; entries: readonly Entry[]; shape?: Shape }) {
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);

  function close(): void {
    isOpen.value = false;
    button.current?.focus();
  }

  function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
    if (currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    isOpen.value = false;
  }

  return (
    <div class="menu" role="none" onFocusOut={closeWhenLeft}>
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon shape={shape} />
      </button>
      {isOpen.value && <Entries label={label} entries={entries} onClose={close} />}
    </div>
  );
}

type EntriesProps = { readonly label: string; readonly entries: readonly Entry[]; readonly onClose: () => void };

function Entries({ label, entries, onClose }: EntriesProps) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.querySelector('button')?.focus(), []);

  return (
    <div
      class="popover menu-list"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      ref={root}
      onKeyDown={(event) => walkMenu(event, root.current, onClose)}
    >
      {entries.map(({ label: words, onChoose, shape, isDangerous = false }) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={isDangerous ? 'option danger' : 'option'}
          onClick={() => {
            onClose();
            onChoose();
          }}
        >
          {shape !== undefined && <Icon shape={shape} />}
          {words}
        </button>
      ))}
    </div>
  );
}
