import type { RefObject } from 'preact';
import { Button } from './button.tsx';

type Props = {
  /** What is shown, in words such as "The newest 50 versions". */
  readonly shown: string;
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  readonly isBusy: boolean;
  readonly onNewer: () => void;
  readonly onOlder: () => void;
  readonly pagerRef: RefObject<HTMLDivElement | null>;
};

/** The end of one part of a list, with the ways to the others. */
export function Pager({ shown, hasNewer, hasOlder, isBusy, onNewer, onOlder, pagerRef }: Props) {
  return (
    <div class="pager" ref={pagerRef}>
      <span role="status">{shown}</span>
      <div class="actions">
        {hasNewer && <Button onClick={onNewer}>Newer</Button>}
        {hasOlder && (
          <Button isBusy={isBusy} onClick={onOlder}>
            Older
          </Button>
        )}
      </div>
    </div>
  );
}
