import { useComputed } from '@preact/signals';
import type { View } from '../view.ts';
import { DraftActions } from './title-bar.tsx';

type Props = {
  readonly view: View;
  readonly main: { readonly current: HTMLElement | null };
  readonly onReview: () => void;
};

/** The way to publish, at the top of what is seen, once the title bar is scrolled away and there is something to publish. */
export function FollowingBar({ view, main, onReview }: Props) {
  const isAway = useComputed(() => {
    const { top } = view.seen.value;
    const bar = main.current?.querySelector('.page-head');
    // The frame itself never scrolls, so its coordinates are those of what is seen.
    return top > 0 && bar !== null && bar !== undefined && top > bar.getBoundingClientRect().bottom;
  });
  if (!isAway.value || view.draft.count.value === 0) return null;
  return (
    <div class="following-bar">
      <DraftActions view={view} onReview={onReview} />
    </div>
  );
}
