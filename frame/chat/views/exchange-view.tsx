import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { visibleText } from '../../markdown/visible-text.ts';
import * as strings from '../../ui/strings.ts';
import type { Chat } from '../chat.ts';
import { type Exchange, isRunning } from '../exchange.ts';
import type { ContentProps } from './content.tsx';
import { describeReply } from './describe-reply.ts';
import { ReplyView } from './reply-view.tsx';
import { dayTime, exactTime } from './time.ts';

type ExchangeViewProps = ContentProps & {
  readonly exchange: Exchange;
  /** The moment to count from, if the time is to be said before this exchange. */
  readonly timeFrom: number | undefined;
};

/** What the visitor said, in a bubble, and what was answered, as plain text. */
export function ExchangeView({ exchange, boot, chat, timeFrom }: ExchangeViewProps) {
  const { createdAt, text, reply } = exchange;
  const { locale, texts } = chat.configuration.value;
  useAnnouncement(exchange, chat, texts.error);
  return (
    <div class="exchange">
      {timeFrom !== undefined && (
        <time class="time" dateTime={createdAt} title={exactTime(createdAt, locale)}>
          {dayTime(createdAt, timeFrom, locale)}
        </time>
      )}
      <p class="bubble" dir="auto" title={exactTime(createdAt, locale)}>
        <span class="unseen">{strings.youSaid} </span>
        {visibleText(text)}
      </p>
      <ReplyView
        reply={reply.value}
        messageId={exchange.messageId}
        texts={texts}
        siteOrigin={boot.o}
        onTryAgain={() => chat.live.value?.tryAgain(exchange)}
        onRate={(rating) => chat.live.value?.rate(exchange, rating)}
      />
    </div>
  );
}

/** Long enough to be picked up; then it goes, because who reads on would find the words twice. */
const SAID_FOR_MS = 2_000;

/** Says a reply to a screen reader once, when it is finished; words that still come would only interrupt each other. */
function useAnnouncement({ reply }: Exchange, chat: Chat, ownWords: string): void {
  const wasRunning = useRef(false);
  useSignalEffect(() => {
    const runs = isRunning(reply.value);
    if (wasRunning.current && !runs) {
      const words = describeReply(reply.value, ownWords);
      chat.announcement.value = words;
      setTimeout(() => {
        if (chat.announcement.value === words) chat.announcement.value = '';
      }, SAID_FOR_MS);
    }
    wasRunning.current = runs;
  });
}
