import { addStyles } from '../../ui/add-styles.ts';
import { Locked } from '../../ui/locked.tsx';
import type { View } from '../../view.ts';
import { AddSite } from './add-site.tsx';
import { RefusedList } from './refused-list.tsx';
import { SiteList } from './site-list.tsx';
import rules from './sites.css' with { type: 'text' };

addStyles(rules);

/** Where the widget may be shown. */
export function SitesPage({ view }: { view: View }) {
  return (
    <Locked reason={view.reasonAgainst('settings:write-sites')}>
      <SiteList view={view} />
      <AddSite view={view} />
      <RefusedList view={view} />
    </Locked>
  );
}
