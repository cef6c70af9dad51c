import { useComputed } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { View } from '../view.ts';
import { DraftActions } from './draft-actions.tsx';

type Props = { readonly view: View; readonly onReview: () => void };

/**
 * The way to publish: in the title bar, and once that is scrolled away in a bar at the top of what is seen. It leaves its
 * room behind, so that nothing jumps.
 */
export function FollowingActions({ view, onReview }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const room = useRef(0);
  const isAway = useComputed(() => {
    const { top } = view.seen.value;
    // The frame itself never scrolls, so its coordinates are those of what is seen.
    return top > 0 && place.current !== null && top > place.current.getBoundingClientRect().bottom;
  });
  useLayoutEffect(() => {
    if (!isAway.value) room.current = place.current?.offsetHeight ?? 0;
  });

  if (view.draft.count.value === 0) return null;
  const actions = <DraftActions view={view} onReview={onReview} />;
  return (
    <div class="draft-place" ref={place} style={{ minBlockSize: isAway.value ? `${room.current}px` : '' }}>
      {isAway.value ? <div class="following-bar">{actions}</div> : actions}
    </div>
  );
}
