import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Chat } from '../chat.ts';

type FollowEnd = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** Something was said below what the reader sees. */
  readonly hasNew: Signal<boolean>;
  goToEnd(): void;
};

/** At most this far from the end counts as at the end; fractions of a pixel come from zooming. */
const AT_END_PX = 2;

/**
 * Keeps the end in sight while the reader is there. Scrolling up by any distance lets go, and coming back to the end
 * takes hold again. A message of the visitor's own always goes to the end.
 */
export function useFollowEnd(chat: Chat): FollowEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const hasNew = useSignal(false);
  const isFollowing = useRef(true);

  function goToEnd(): void {
    isFollowing.current = true;
    hasNew.value = false;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }

  useEffect(() => {
    const [area, inner] = [scroller.current, content.current];
    if (area === null || inner === null) return;
    let lastTop = area.scrollTop;
    const look = () => {
      const isAtEnd = area.scrollHeight - area.scrollTop - area.clientHeight <= AT_END_PX;
      if (isAtEnd) isFollowing.current = true;
      else if (area.scrollTop < lastTop) isFollowing.current = false;
      if (isAtEnd) hasNew.value = false;
      lastTop = area.scrollTop;
    };
    const sizes = new ResizeObserver(() => isFollowing.current && goToEnd());
    sizes.observe(area);
    sizes.observe(inner);
    area.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      area.removeEventListener('scroll', look);
    };
  }, []);

  useSignalEffect(() => {
    const last = chat.conversation.value.exchanges.value.at(-1);
    const { status, text } = last?.reply.value ?? { status: 'sending', text: '' };
    if (status === 'sending') goToEnd();
    else if (text !== '' && !isFollowing.current) hasNew.value = true;
  });

  return { scroller, content, hasNew, goToEnd };
}
