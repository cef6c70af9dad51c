import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Icon, WARNING } from '../../ui/icon.tsx';
import * as strings from '../../ui/strings.ts';
import { isRunning, type ReplyState } from '../exchange.ts';
import { MarkdownView } from '../markdown/markdown-view.tsx';
import { CopyButton } from './copy-button.tsx';
import { failureOf } from './describe-reply.ts';
import { Sources } from './sources.tsx';

type ReplyViewProps = {
  readonly reply: ReplyState;
  readonly messageId: string;
  readonly siteOrigin: string;
  readonly onTryAgain: () => void;
};

/** A reply in every state it can be in: awaited, growing, finished, stopped, cut off, failed. */
export function ReplyView({ reply, messageId, siteOrigin, onTryAgain }: ReplyViewProps) {
  const { status, text, citations } = reply;
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
  const hasText = text !== '' || isGrowing;
  return (
    <>
      {hasText && <MarkdownView text={text} scene={scene} />}
      {citations.length > 0 && (
        <Sources citations={citations} openSource={openSource} sourceId={sourceId} siteOrigin={siteOrigin} />
      )}
      {reply.isReconnecting && <p class="aside">{strings.reconnecting}</p>}
      {status === 'complete' && text !== '' && <CopyButton text={text} />}
      {status === 'stopped' && (
        <p class="aside">
          {strings.stopped}
          <TryAgain onClick={onTryAgain} />
        </p>
      )}
      <FailureBlock reply={reply} onTryAgain={onTryAgain} />
    </>
  );
}

function FailureBlock({ reply, onTryAgain }: Pick<ReplyViewProps, 'reply' | 'onTryAgain'>) {
  const failure = failureOf(reply);
  if (failure === undefined) return null;
  const [what, meaning] = failure;
  return (
    <div class="failure">
      <Icon shape={WARNING} />
      <p>
        <strong>{what}</strong> {meaning}
      </p>
      <TryAgain onClick={onTryAgain} />
    </div>
  );
}

function TryAgain({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="plain" onClick={onClick}>
      {strings.tryAgain}
    </button>
  );
}
