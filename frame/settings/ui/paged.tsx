import { type ComponentChildren, Fragment, type VNode } from 'preact';
import { useRef } from 'preact/hooks';
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

/**
 * A list that comes in parts, one of them drawn at a time, with everything around it: the wait, nothing at all, what went
 * wrong, the ways to the other parts.
 */
export function Paged<R>({ list, what, empty, children }: Props<R>) {
  const pager = useRef<HTMLDivElement>(null);
  const rows = list.rows.value;
  const hasOlder = list.hasOlder.value;
  const isLoading = list.isLoading.value;
  const error = list.error.value;
  if (error !== undefined) {
    return (
      <>
        {rows.length > 0 && children(rows)}
        <Notice tone="danger" actions={<Button onClick={() => void list.older()}>Try again</Button>}>
          {sentenceOf(error)}
        </Notice>
      </>
    );
  }
  if (rows.length === 0) return isLoading || hasOlder ? <Skeleton /> : empty;

  /** Whoever turned to another part, at its end, goes on at its beginning. */
  async function turn(open: () => Promise<void> | void): Promise<void> {
    await open();
    const heading = pager.current?.closest('section')?.querySelector('h2');
    if (heading === null || heading === undefined) return;
    heading.tabIndex = -1;
    heading.focus();
  }

  return (
    <>
      <Fragment key={list.newerParts.value}>{children(rows)}</Fragment>
      <Pager
        shown={describeShown({ page: list.newerParts.value + 1, count: rows.length, hasOlder, what })}
        hasNewer={list.newerParts.value > 0}
        hasOlder={hasOlder}
        isBusy={isLoading}
        onNewer={() => void turn(list.newer)}
        onOlder={() => void turn(list.older)}
        pagerRef={pager}
      />
    </>
  );
}

type Shown = { readonly page: number; readonly count: number; readonly hasOlder: boolean; readonly what: string };

function describeShown({ page, count, hasOlder, what }: Shown): string {
  if (page > 1) return hasOlder ? `Page ${page} of the ${what}` : `Page ${page} of the ${what}, the last`;
  if (hasOlder) return `The newest ${count} ${what}`;
  return count === 1 ? 'There are no others.' : `All ${count} ${what}`;
}
