import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { CLOCK, MORE, PLUS } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';
import type { Chat } from '../chat.ts';

/** Where a key leads from the entry at a position. */
const TARGETS: Readonly<Record<string, (at: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => -1,
};

/** What a visitor can do besides asking; the menu button pattern of https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/. */
export function Menu({ chat }: { chat: Chat }) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const entries = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const choices = [
    { label: strings.newConversation, shape: PLUS, choose: chat.startConversation },
    { label: strings.pastConversations, shape: CLOCK, choose: showHistory },
  ];

  function showHistory(): void {
    chat.view.value = 'history';
  }

  useEffect(() => {
    if (isOpen.value) entries()[0]?.focus();
  }, [isOpen.value]);

  function close(): void {
    isOpen.value = false;
    root.current?.querySelector('button')?.focus();
  }

  function move(event: KeyboardEvent): void {
    if (!isOpen.value) return;
    const all = entries();
    const target = TARGETS[event.key]?.(all.findIndex((entry) => entry.matches(':focus')));
    if (event.key === 'Escape') close();
    else if (target === undefined) return;
    else all.at(target % all.length)?.focus();
    event.preventDefault();
  }

  function closeWhenLeft(event: FocusEvent): void {
    if (!(event.relatedTarget instanceof Node && root.current?.contains(event.relatedTarget))) isOpen.value = false;
  }

  return (
    <div class="menu" role="none" ref={root} onKeyDown={move} onFocusOut={closeWhenLeft}>
      <button
        type="button"
        class="quiet"
        aria-label={strings.more}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon shape={MORE} />
      </button>
      {isOpen.value && (
        <div role="menu" aria-label={strings.more}>
          {choices.map(({ label, shape, choose }) => (
            <button
              key={label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                choose();
              }}
            >
              <Icon shape={shape} />
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
