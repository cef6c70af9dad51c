import type { Surroundings } from '../load-rest.ts';
import { Skeleton } from '../panel/skeleton.tsx';
import { Greeting } from './greeting.tsx';
import { HistoryView } from './history-view.tsx';
import { Transcript } from './transcript.tsx';

export type ContentProps = Pick<Surroundings, 'boot' | 'chat'>;

/** What the middle of the panel shows: the conversation, a greeting before it, or the list of all. */
export function Content(props: ContentProps) {
  const { chat } = props;
  if (chat.view.value === 'history') return <HistoryView chat={chat} />;
  if (!chat.isReady.value) return <Skeleton />;
  const isEmpty = chat.conversation.value.exchanges.value.length === 0;
  return isEmpty ? <Greeting chat={chat} /> : <Transcript {...props} />;
}
