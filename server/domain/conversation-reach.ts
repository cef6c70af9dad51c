import type { VisitorCaller } from './widget.ts';

/** Which conversations a visitor may find: those of these visitors, as far as the widget remembers. */
export type ConversationReach = {
  /** The visitor, and before they said who they are the browser they use. */
  readonly visitorIds: readonly string[];
  /** Only those that began in this browser. */
  readonly browserId?: string;
  /** Only those in which something was written since. */
  readonly since?: Date;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** How far the widget's settings let this visitor look back. */
export function reachOf(
  { widget, visitorId, browserId }: Pick<VisitorCaller, 'widget' | 'visitorId' | 'browserId'>,
  now: Date,
): ConversationReach {
  const { persistence } = widget.settings;
  const visitorIds = [...new Set([visitorId, browserId])];
  switch (persistence.kind) {
    case 'forever':
      return { visitorIds };
    case 'days':
      return { visitorIds, since: new Date(now.getTime() - persistence.days * DAY_MS) };
    case 'tab':
    case 'never':
      // A tab is a browser of its own, and so is every visit if nothing is remembered.
      return { visitorIds, browserId };
    default:
      return persistence satisfies never;
  }
}
