import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { sentenceOf } from '../api/admin-api-error.ts';
import type { Resource } from '../state/resources.ts';
import { Button } from './button.tsx';
import { Locked } from './locked.tsx';
import { Notice } from './marks.tsx';

const SHOWN_AFTER_MS = 300;

/** Grey lines where something will stand; nothing in the first 300 ms, because most things come sooner. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  const isLate = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      isLate.value = true;
    }, SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isLate]);
  return (
    <div class="skeleton" role="status" aria-label="Loading">
      {isLate.value && Array.from({ length: rows }, (_, index) => <span key={index} />)}
    </div>
  );
}

type Props = {
  readonly resource: Resource<unknown>;
  readonly onRetry: () => void;
  readonly rows?: number;
};

/** What stands in a page until its first answer: the skeleton, or what went wrong and the way out. */
export function Loading({ resource: { error, isLoading }, onRetry, rows = 4 }: Props) {
  if (error === undefined || isLoading) return <Skeleton rows={rows} />;
  return (
    // Whoever may only look may look again.
    <Locked reason={undefined}>
      <Notice tone="danger" actions={<Button onClick={onRetry}>Try again</Button>}>
        {sentenceOf(error)}
      </Notice>
    </Locked>
  );
}
