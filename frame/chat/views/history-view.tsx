import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { visibleText } from '../../markdown/visible-text.ts';
import { Arrow } from '../../ui/arrow.tsx';
import { BACK, FORWARD } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';
import type { LiveChat } from '../live/live-chat.ts';
import { Skeleton } from '../panel/skeleton.tsx';
import type { ContentProps } from './content.tsx';
import { exactTime, relativeTime } from './time.ts';

/** The visitor's conversations on this site, newest first. */
export function HistoryView({ chat }: Pick<ContentProps, 'chat'>) {
  const heading = useRef<HTMLButtonElement>(null);
  const live = chat.live.value;
  useEffect(() => {
    heading.current?.focus();
    void live?.history.load();
  }, []);
  return (
    <>
      <div class="back">
        <button
          ref={heading}
          type="button"
          class="quiet"
          aria-label={strings.back}
          onClick={() => {
            chat.view.value = 'conversation';
          }}
        >
          <Arrow shape={BACK} />
        </button>
        <h2>{strings.pastConversations}</h2>
      </div>
      {live && <Rows live={live} locale={chat.configuration.value.locale} />}
    </>
  );
}

function Rows({ live, locale }: { live: LiveChat; locale: string }) {
  const { conversations, nextBefore, hasFailed, load, loadMore } = live.history;
  const { value: now } = useSignal(Date.now());
  const rows = conversations.value;
  if (hasFailed.value) {
    return (
      <div class="nothing" role="status">
        <p>{strings.historyUnreachable}</p>
        <button type="button" class="outlined" onClick={load}>
          {strings.tryAgain}
        </button>
      </div>
    );
  }
  if (rows === undefined) return <Skeleton />;
  if (rows.length === 0) return <p class="nothing">{strings.noConversations}</p>;
  return (
    <ul class="history">
      {rows.map(({ id, title, updatedAt }) => (
        <li key={id}>
          <button type="button" class="row" onClick={() => live.openConversation(id)}>
            <span dir="auto">{visibleText(title)}</span>
            <time dateTime={updatedAt} title={exactTime(updatedAt, locale)}>
              {relativeTime(updatedAt, now, locale)}
            </time>
            <Arrow shape={FORWARD} />
          </button>
        </li>
      ))}
      {nextBefore.value !== null && (
        <li>
          <button type="button" class="outlined" onClick={loadMore}>
            {strings.showMore}
          </button>
        </li>
      )}
    </ul>
  );
}
