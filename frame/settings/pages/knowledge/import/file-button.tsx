import { useRef } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';

type Props = {
  readonly children: string;
  readonly reason: string | undefined;
  readonly onChoose: (files: readonly File[]) => void;
};

/** Asks for files to import, as many as the admin likes. */
export function FileButton({ children, reason, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button reason={reason} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        class="unseen"
        accept=".md,.markdown,.txt,.html,.htm"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          // The same file can be chosen again, as after it was put right.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
