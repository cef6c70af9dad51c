import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { CLOSE } from '../../ui/icon.tsx';
import type { SeenPart } from '../host/seen-part.ts';
import { IconButton } from './button.tsx';
import { Locked } from './locked.tsx';

type Props = {
  readonly title: string;
  readonly seen: ReadonlySignal<SeenPart>;
  readonly onClose: () => void;
  /** The buttons, the one that does it last. */
  readonly actions: ComponentChildren;
  readonly children: ComponentChildren;
  /** 760 wide in place of 480, for differences and tables. */
  readonly isWide?: boolean;
  /** Only the dialog's own buttons close it, as when a secret is shown once. */
  readonly isInsistent?: boolean;
};

const GAP = 16;

/** A modal dialog in the part of the frame that is on the screen. It gives the focus back when it goes. */
export function Dialog({ title, seen, onClose, actions, children, isWide = false, isInsistent = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);

  useLayoutEffect(
    () =>
      seen.subscribe(({ top, height }) => {
        const { current } = dialog;
        if (current === null) return;
        current.style.setProperty('--room', `${Math.max(240, height - 2 * GAP)}px`);
        const free = Math.max(GAP, (height - current.offsetHeight) / 2.4);
        current.style.setProperty('--from-top', `${top + free}px`);
      }),
    [seen],
  );

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a click beside it does
    <dialog
      ref={dialog}
      class={isWide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!isInsistent) onClose();
      }}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget && !isInsistent) onClose();
      }}
    >
      <Locked reason={undefined}>
        <div class="dialog-sheet">
          <header class="dialog-head">
            <h2 id={id}>{title}</h2>
            {!isInsistent && <IconButton label="Close" shape={CLOSE} onClick={onClose} />}
          </header>
          <div class="dialog-body">{children}</div>
          <footer class="dialog-foot">{actions}</footer>
        </div>
      </Locked>
    </dialog>
  );
}
