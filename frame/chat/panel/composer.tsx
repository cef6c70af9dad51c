import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Configuration } from '../../../shared/configuration.ts';
import { send, stop, yourMessage } from '../../ui/first-strings.ts';
import { Icon, SEND } from '../../ui/icon.tsx';
import type { Chat } from '../chat.ts';

type ComposerProps = {
  readonly chat: Chat;
  readonly texts: Configuration['texts'];
  readonly isOpen: ReadonlySignal<boolean>;
};

/** One field that grows to six lines; Enter sends, Shift+Enter breaks the line, and *stop* takes the place of *send*. */
export function Composer({ chat, texts, isOpen }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);

  useFocusWhileOpen(field, chat, isOpen);
  useSignalEffect(() => {
    // A closed panel has no heights, so they are measured again when it opens; the field has its text a moment later.
    chat.draft.value;
    isOpen.value;
    queueMicrotask(() => field.current && fitHeight(field.current));
  });

  function sendOnEnter(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word. Safari says so only by the key code of old.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    chat.send();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        chat.send();
      }}
    >
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          enterkeyhint="send"
          aria-label={yourMessage}
          placeholder={texts.placeholder}
          value={chat.draft}
          onInput={({ currentTarget }) => chat.edit(currentTarget.value)}
          onKeyDown={sendOnEnter}
        />
        <SendButton chat={chat} />
      </div>
      <p class={chat.charactersLeft.value < 0 ? 'notice over' : 'notice'}>{chat.notice}</p>
    </form>
  );
}

/** The field takes the focus when the panel opens, and when another conversation begins with its composer. */
function useFocusWhileOpen(field: RefObject<HTMLElement | null>, chat: Chat, isOpen: ReadonlySignal<boolean>): void {
  function takeFocus(): void {
    // The host page decides whether the frame has the focus at all, and on a touch screen it would raise the keyboard
    // over what there is to read.
    if (isOpen.value && document.hasFocus() && matchMedia('(pointer: fine)').matches) field.current?.focus();
  }

  useSignalEffect(() => {
    chat.conversation.value;
    takeFocus();
  });
  useEffect(() => {
    // The focus may come later than the word that the panel is open. What has it already, keeps it.
    const onFocus = (): void => {
      if (document.activeElement === document.body) takeFocus();
    };
    addEventListener('focus', onFocus);
    return () => removeEventListener('focus', onFocus);
  }, []);
}

/** One button for both, so that the focus survives the change. Pressing it never takes the focus from the field. */
function SendButton({ chat }: { chat: Chat }) {
  const running = chat.running.value;
  const isIdle = running ? running.reply.value.isStopping : !chat.canSend.value;
  return (
    <button
      type={running ? 'button' : 'submit'}
      class="send"
      aria-label={running ? stop : send}
      aria-disabled={!!isIdle}
      aria-busy={chat.isWaitingToSend}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => running && chat.live.value?.stop()}
    >
      {running ? <span class="square" /> : <Icon shape={SEND} />}
    </button>
  );
}

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  if (field.scrollHeight > 0) field.style.height = `${field.scrollHeight}px`;
}
