import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Configuration } from '../../../shared/configuration.ts';
import type { FeedbackRating } from '../../../shared/feedback.ts';
import { MarkdownView } from '../../markdown/markdown-view.tsx';
import { Icon, WARNING } from '../../ui/icon.tsx';
import { Monogram } from '../../ui/monogram.tsx';
import * as strings from '../../ui/strings.ts';
import { isRunning, type ReplyState } from '../exchange.ts';
import { CopyButton } from './copy-button.tsx';
import { failureOf } from './describe-reply.ts';
import { Rating } from './rating.tsx';
import { Sources } from './sources.tsx';

type ReplyViewProps = {
  readonly reply: ReplyState;
  readonly messageId: string;
  readonly texts: Configuration['texts'];
  readonly siteOrigin: string;
  readonly onTryAgain: () => void;
  readonly onRate: (rating: FeedbackRating) => void;
};

/** A reply in every state it can be in: awaited, growing, finished, stopped, cut off, failed. */
export function ReplyView({ reply, messageId, texts, siteOrigin, onTryAgain, onRate }: ReplyViewProps) {
  const { status, text, isReconnecting } = reply;
  const failure = failureOf(reply, texts.error);
  const hasWords = text !== '' || isRunning(reply);
  return (
    <>
      {(hasWords || status === 'stopped') && (
        <div class="reply">
          <Monogram name={texts.name} />
          <div class="said">
            <span class="unseen">{texts.name}: </span>
            {hasWords && <Words reply={reply} messageId={messageId} siteOrigin={siteOrigin} />}
            {isReconnecting && <p class="aside">{strings.reconnecting}</p>}
            {status === 'complete' && (
              <div class="reply-actions">
                <CopyButton text={text} />
                <Rating rating={reply.feedback} onRate={onRate} />
              </div>
            )}
            {status === 'stopped' && (
              <p class="aside">
                {strings.stopped}
                <TryAgain onClick={onTryAgain} />
              </p>
            )}
          </div>
        </div>
      )}
      {failure && (
        <div class="failure">
          <Icon shape={WARNING} />
          <p>
            <strong>{failure[0]}</strong> {failure[1]}
          </p>
          <TryAgain onClick={onTryAgain} />
        </div>
      )}
    </>
  );
}

/** The text with its numbered chips, and the sources with the same numbers. */
function Words({ reply, messageId, siteOrigin }: Pick<ReplyViewProps, 'reply' | 'messageId' | 'siteOrigin'>) {
  const { text, citations } = reply;
  const isGrowing = isRunning(reply);
  const openSource = useSignal<number | undefined>(undefined);
  const sourceId = (number: number) => `source-${messageId}-${number}`;

  function showSource(number: number): void {
    openSource.value = number;
    document.getElementById(sourceId(number))?.focus();
  }

  const scene = useMemo(
    () => ({ citations, isGrowing, siteOrigin, onCite: showSource }),
    [citations, isGrowing, siteOrigin, messageId],
  );
  return (
    <>
      <MarkdownView text={text} scene={scene} />
      {citations.length > 0 && (
        <Sources citations={citations} openSource={openSource} sourceId={sourceId} siteOrigin={siteOrigin} />
      )}
    </>
  );
}

function TryAgain({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="plain" onClick={onClick}>
      {strings.tryAgain}
    </button>
  );
}
