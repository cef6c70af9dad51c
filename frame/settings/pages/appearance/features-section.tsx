import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { View } from '../../view.ts';

/** What the panel has in it. */
export function FeaturesSection({ view }: { view: View }) {
  const { draft } = view;
  const { features } = draft.settings.value;
  const set = (part: Partial<typeof features>) => draft.edit('features', (now) => ({ ...now, ...part }));
  return (
    <Section heading="Features" help="Visitors see only what is on.">
      <div>
        <Switch
          label="Chat"
          help="Questions, answers, sources"
          path="features.chat"
          isOn={features.chat}
          onToggle={(chat) => set({ chat })}
        />
        <Switch
          label="Wallet"
          help="Credits and their history, for signed-in visitors"
          path="features.wallet"
          isOn={features.wallet}
          onToggle={(wallet) => set({ wallet })}
        />
      </div>
    </Section>
  );
}
