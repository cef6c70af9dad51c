import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type Shape } from '../../ui/icon.tsx';
import { CLOCK, MORE, PLUS } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';
import { walkMenu } from '../../ui/walk-menu.ts';
import type { Chat } from '../chat.ts';

type Choice = { readonly label: string; readonly shape: Shape; readonly choose: () => void };

/** What a visitor can do besides asking; the menu button pattern of https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/. */
export function Menu({ chat }: { chat: Chat }) {
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);

  function close(): void {
    isOpen.value = false;
    button.current?.focus();
  }

  function closeAnd(choose: () => void): () => void {
    return () => {
      close();
      choose();
    };
  }

  function showHistory(): void {
    chat.view.value = 'history';
  }

  function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
    const isInside = currentTarget instanceof Node && relatedTarget instanceof Node;
    if (!isInside || !currentTarget.contains(relatedTarget)) isOpen.value = false;
  }

  const choices = [
    { label: strings.newConversation, shape: PLUS, choose: closeAnd(chat.startConversation) },
    { label: strings.pastConversations, shape: CLOCK, choose: closeAnd(showHistory) },
  ];
  return (
    <div class="menu" role="none" onFocusOut={closeWhenLeft}>
      <button
        ref={button}
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
      {isOpen.value && <Choices choices={choices} onEscape={close} />}
    </div>
  );
}

function Choices({ choices, onEscape }: { choices: readonly Choice[]; onEscape: () => void }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.querySelector('button')?.focus(), []);

  return (
    <div
      ref={root}
      role="menu"
      tabIndex={-1}
      aria-label={strings.more}
      onKeyDown={(event) => walkMenu(event, root.current, onEscape)}
    >
      {choices.map(({ label, shape, choose }) => (
        <button key={label} type="button" role="menuitem" tabIndex={-1} onClick={choose}>
          <Icon shape={shape} />
          {label}
        </button>
      ))}
    </div>
  );
}
