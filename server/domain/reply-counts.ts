import type { ModelEvent } from '../gateways/model-gateway.ts';
import type { AnalyticsCounts } from './analytics.ts';
import { bucketOf } from './latency-histogram.ts';
import type { ReplyState } from './reply-state.ts';
import type { VisitorCaller } from './widget.ts';

/** What is counted of one message and the reply to it. */
export type ReplyCounts = {
  /** The message is stored; `beginsConversation` if it is the first of one. */
  sent(beginsConversation: boolean): void;
  /** Passes on what the model says, and measures how long the visitor waited for the first word. */
  timed(events: AsyncIterable<ModelEvent>): AsyncIterable<ModelEvent>;
  ended(state: ReplyState): void;
};

/** To be made when the message arrives: the visitor waits from then on. */
export function createReplyCounts(
  { widget, origin }: Pick<VisitorCaller, 'widget' | 'origin'>,
  analytics: Pick<AnalyticsCounts, 'count'>,
): ReplyCounts {
  const startedAt = performance.now();
  return {
    sent(beginsConversation) {
      analytics.count(widget.id, origin, 'messages');
      if (beginsConversation) analytics.count(widget.id, origin, 'conversations');
    },
    async *timed(events) {
      let hasBegun = false;
      for await (const event of events) {
        if (!hasBegun && event.type === 'text') {
          hasBegun = true;
          analytics.count(widget.id, origin, `firstToken_${bucketOf(performance.now() - startedAt)}`);
        }
        yield event;
      }
    },
    ended({ status, failure, citations }) {
      if (status === 'complete') analytics.count(widget.id, origin, 'replies');
      if (status === 'complete' && citations.length > 0) analytics.count(widget.id, origin, 'sourced');
      if (status === 'stopped') analytics.count(widget.id, origin, 'stopped');
      if (failure !== undefined) analytics.count(widget.id, origin, `failure_${failure}`);
    },
  };
}
