import { Segmented } from '../../ui/choices.tsx';
import { Locked } from '../../ui/locked.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Columns, Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';

const MODES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Like the system' },
] as const;

const POSITIONS = [
  { value: 'start', label: 'Start' },
  { value: 'end', label: 'End' },
] as const;

const FONT_OPTIONS = [
  { value: 'system', label: 'System' },
  { value: 'rounded', label: 'Rounded' },
  { value: 'serif', label: 'Serif' },
  { value: 'mono', label: 'Monospaced' },
] as const;

/** How the widget looks on the sites, and where it stands. */
export function AppearancePage({ view }: { view: View }) {
  const { draft } = view;
  const { theme, features } = draft.settings.value;
  const set = (part: Partial<typeof theme>) => draft.edit('theme', (now) => ({ ...now, ...part }));
  return (
    <>
      <Locked reason={view.reasonAgainst('settings:write-appearance')}>
        <Section heading="Colour" help="One accent; the rest follows from it.">
          <Columns>
            <TextField
              label="Accent"
              path="theme.primary"
              isCode
              value={theme.primary}
              error={draft.problemOf('theme.primary')}
              onInput={(primary) => set({ primary: primary.trim().toLowerCase() })}
            />
            <Segmented
              label="Mode"
              path="theme.mode"
              value={theme.mode}
              choices={MODES}
              onSelect={(mode) => set({ mode })}
            />
          </Columns>
        </Section>
        <Section heading="Shape and place" help="Where the launcher sits, and how round things are.">
          <Columns>
            <Segmented
              label="Position"
              path="theme.position"
              value={theme.position}
              choices={POSITIONS}
              onSelect={(position) => set({ position })}
            />
            <NumberField
              label="Corner radius"
              path="theme.radius"
              unit="px"
              most={40}
              value={theme.radius}
              error={draft.problemOf('theme.radius')}
              onInput={(radius) => set({ radius })}
            />
            <Select
              label="Font"
              path="theme.font"
              value={theme.font}
              options={FONT_OPTIONS}
              onSelect={(font) => set({ font })}
            />
          </Columns>
        </Section>
      </Locked>
      <Locked reason={view.reasonAgainst('settings:write-limits')}>
        <Section heading="Features" help="Visitors see only what is on.">
          <div>
            <Switch
              label="Chat"
              help="Questions, answers, sources"
              path="features.chat"
              isOn={features.chat}
              onToggle={(chat) => draft.edit('features', (now) => ({ ...now, chat }))}
            />
          </div>
        </Section>
      </Locked>
    </>
  );
}
