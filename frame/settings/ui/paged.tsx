import type { ComponentChildren, VNode } from 'preact';
import { sentenceOf } from '../api/admin-api-error.ts';
import type { PagedList } from '../state/paged-list.ts';
import { Button } from './button.tsx';
import { Skeleton } from './loading.tsx';
import { Notice } from './marks.tsx';
import { Pager } from './pager.tsx';

type Props<R> = {
  readonly list: PagedList<R>;
  /** What is listed, in the plural, such as "versions". */
  readonly what: string;
  readonly empty: VNode | null;
  readonly children: (rows: readonly R[]) => ComponentChildren;
};

/** A list that comes in parts, with everything around it: the wait, nothing at all, what went wrong, the way to more. */
export function Paged<R>({ list, what, empty, children }: Props<R>) {
  const rows = list.rows.value;
  const hasMore = list.hasMore.value;
  const isLoading = list.isLoading.value;
  const error = list.error.value;
  if (error !== undefined) {
    return (
      <>
        {rows.length > 0 && children(rows)}
        <Notice tone="danger" actions={<Button onClick={() => void list.more()}>Try again</Button>}>
          {sentenceOf(error)}
        </Notice>
      </>
    );
  }
  if (rows.length === 0) return isLoading || hasMore ? <Skeleton /> : empty;
  return (
    <>
      {children(rows)}
      <Pager
        shown={describeShown(rows.length, hasMore, what)}
        hasMore={hasMore}
        isBusy={isLoading}
        onMore={() => void list.more()}
      />
    </>
  );
}

function describeShown(count: number, hasMore: boolean, what: string): string {
  if (hasMore) return `The newest ${count} ${what}`;
  return count === 1 ? 'There are no others.' : `All ${count} ${what}`;
}
