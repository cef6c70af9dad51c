import { type ReadonlySignal, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { SeenPart } from '../host/seen-part.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export type Question = {
  readonly title: string;
  /** What follows from it, in a sentence or two. */
  readonly body: ComponentChildren;
  /** What the button does, such as "Revoke now". */
  readonly action: string;
  readonly isDangerous?: boolean;
  /** The other button; "Cancel" unless told. */
  readonly otherwise?: string;
};

type Asked = Question & { readonly answer: (isAgreed: boolean) => void };

export type ConfirmDialogs = {
  readonly asked: ReadonlySignal<Asked | undefined>;
  /** Answers whether the admin agreed. */
  confirm(question: Question): Promise<boolean>;
};

export function createConfirmDialogs(): ConfirmDialogs {
  const asked = signal<Asked | undefined>(undefined);
  return {
    asked,
    confirm: (question) =>
      new Promise((resolve) => {
        asked.value?.answer(false);
        const answer = (isAgreed: boolean) => {
          asked.value = undefined;
          resolve(isAgreed);
        };
        asked.value = { ...question, answer };
      }),
  };
}

/** Shows what is asked. It stands once in the shell. */
export function ConfirmDialog({ dialogs, seen }: { dialogs: ConfirmDialogs; seen: ReadonlySignal<SeenPart> }) {
  const asked = dialogs.asked.value;
  if (asked === undefined) return null;
  const { title, body, action, isDangerous = false, otherwise = 'Cancel', answer } = asked;
  return (
    <Dialog
      title={title}
      seen={seen}
      onClose={() => answer(false)}
      actions={
        <>
          <Button onClick={() => answer(false)}>{otherwise}</Button>
          <Button kind={isDangerous ? 'danger' : 'primary'} onClick={() => answer(true)}>
            {action}
          </Button>
        </>
      }
    >
      {typeof body === 'string' ? <p>{body}</p> : body}
    </Dialog>
  );
}
