import type { Theme } from '../../../../shared/configuration.ts';
import { addStyles } from '../../ui/add-styles.ts';
import { InPortions } from '../../ui/in-portions.tsx';
import { Locked } from '../../ui/locked.tsx';
import type { View } from '../../view.ts';
import rules from './appearance.css' with { type: 'text' };
import { ColourSection } from './colour-section.tsx';
import { FeaturesSection } from './features-section.tsx';
import { LauncherSection } from './launcher-section.tsx';
import { PlaceSection, ShapeSection } from './place-section.tsx';

/** How the widget looks on the sites, and where it stands. */
export function AppearancePage({ view }: { view: View }) {
  addStyles(rules);
  const reason = view.reasonAgainst('settings:write-appearance');
  const set = (part: Partial<Theme>) => view.draft.edit('theme', (now) => ({ ...now, ...part }));
  return (
    <InPortions>
      <Locked reason={reason}>
        <ColourSection view={view} set={set} />
        <ShapeSection view={view} set={set} />
      </Locked>
      <Locked reason={reason}>
        <LauncherSection view={view} />
        <PlaceSection view={view} set={set} />
      </Locked>
      <Locked reason={view.reasonAgainst('settings:write-limits')}>
        <FeaturesSection view={view} />
      </Locked>
    </InPortions>
  );
}
