import { Button } from '../ui/button.tsx';
import { Notice, Time } from '../ui/marks.tsx';
import type { View } from '../view.ts';

/** Offers what the admin left unpublished the last time. Nothing of it is lost before they decide. */
export function LeftDraftNotice({ view }: { view: View }) {
  const left = view.leftDraft.value;
  if (left === undefined) return null;
  const { count, savedAt } = left;
  return (
    <Notice
      heading={count === 1 ? 'You left one change unpublished' : `You left ${count} changes unpublished`}
      actions={
        <>
          <Button kind="bare" onClick={() => view.settleLeftDraft('discard')}>
            {count === 1 ? 'Discard it' : 'Discard them'}
          </Button>
          <Button onClick={() => view.settleLeftDraft('go-on')}>
            {count === 1 ? 'Go on with it' : 'Go on with them'}
          </Button>
        </>
      }
    >
      Last edited <Time at={savedAt} formats={view.formats} />.
    </Notice>
  );
}
