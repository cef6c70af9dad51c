import { addStyles } from '../../ui/add-styles.ts';
import type { View } from '../../view.ts';
import { Checklist } from './checklist.tsx';
import { LiveStatus } from './live-status.tsx';
import rules from './overview.css' with { type: 'text' };
import { Snippet } from './snippet.tsx';
import { Today } from './today.tsx';

addStyles(rules);

/** Whether the widget is live, what happened today, and what a new company has still to do. */
export function OverviewPage({ view }: { view: View }) {
  return (
    <>
      <Checklist view={view} />
      <LiveStatus view={view} />
      <Today view={view} />
      <Snippet view={view} />
    </>
  );
}
