import { useSignal } from '@preact/signals';
import { Icon } from '../../ui/icon.tsx';
import { DOWN } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';
import type { ContentProps } from './content.tsx';
import { ExchangeView } from './exchange-view.tsx';
import { isLater } from './time.ts';
import { useFollowEnd } from './use-follow-end.ts';

/** The messages of one conversation. The view follows a growing reply only while the reader is at the end. */
export function Transcript({ boot, chat }: ContentProps) {
  const { exchanges, earlier } = chat.conversation.value;
  const { scroller, content, hasNew, goToEnd } = useFollowEnd(chat);
  const { value: now } = useSignal(Date.now());
  const all = exchanges.value;
  const isFirstOfItsTime = (index: number) =>
    index === 0 || isLater(all[index - 1]?.createdAt ?? '', all[index]?.createdAt ?? '');
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <div class="scroller" ref={scroller} tabIndex={0} role="log" aria-live="off" aria-label={strings.conversation}>
        <div class="transcript" ref={content}>
          {earlier.value.cursor !== null && (
            <button type="button" class="outlined" onClick={() => chat.live.value?.loadEarlier()}>
              {strings.showEarlier}
            </button>
          )}
          {all.map((exchange, index) => (
            <ExchangeView
              key={exchange.messageId}
              exchange={exchange}
              boot={boot}
              chat={chat}
              timeFrom={isFirstOfItsTime(index) ? now : undefined}
            />
          ))}
        </div>
      </div>
      {hasNew.value && (
        <button type="button" class="pill" onClick={goToEnd}>
          <Icon shape={DOWN} />
          {strings.newAnswer}
        </button>
      )}
    </>
  );
}
