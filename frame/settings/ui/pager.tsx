import { Button } from './button.tsx';

type Props = {
  /** How many are shown, in words such as "50 of 1,204 versions". */
  readonly shown: string;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly onMore: () => void;
};

/** The end of a list that comes in parts. */
export function Pager({ shown, hasMore, isBusy, onMore }: Props) {
  return (
    <div class="pager">
      <span role="status">{shown}</span>
      {hasMore && (
        <Button isBusy={isBusy} onClick={onMore}>
          Show more
        </Button>
      )}
    </div>
  );
}
