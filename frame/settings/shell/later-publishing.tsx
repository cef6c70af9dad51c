import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { View } from '../view.ts';

type Props = { readonly view: View; readonly isOpen: Signal<boolean>; readonly onInvalid: () => void };

/** The publishing dialogs, whose code comes when they open for the first time. */
export function LaterPublishing({ view, isOpen, onInvalid }: Props) {
  const code = useSignal<typeof import('./publishing.tsx') | undefined>(undefined);
  const isWanted = isOpen.value;

  useEffect(() => {
    if (!isWanted || code.value !== undefined) return;
    view
      .importLater('publishing', () => import('./publishing.tsx'))
      .then(
        (loaded) => {
          code.value = loaded;
        },
        () => {
          isOpen.value = false;
          view.notify('The review did not load. Check the connection and try again.', { tone: 'danger' });
        },
      );
  }, [isWanted, view, code, isOpen]);

  if (code.value === undefined) return null;
  const { Publishing } = code.value;
  return <Publishing view={view} isOpen={isOpen} onInvalid={onInvalid} />;
}
