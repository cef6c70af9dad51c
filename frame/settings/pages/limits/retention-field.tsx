import { RadioCards } from '../../ui/choices.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';

const KINDS = [
  { value: 'forever', label: 'Keep', help: 'Until a visitor or you delete them.' },
  { value: 'days', label: 'Delete after some days', help: 'Counted from the last message of a conversation.' },
] as const;

const USUAL_DAYS = 365;
const MOST_DAYS = 3_650;

/** How long conversations stay in the store. */
export function RetentionField({ view }: { view: View }) {
  const { draft } = view;
  const { retention } = draft.settings.value;
  return (
    <Section
      heading="Keeping conversations"
      help="How long the server keeps what was said. Deleted is deleted for good."
    >
      <RadioCards
        label="Kept"
        isLabelHidden
        path="retention"
        value={retention.kind}
        choices={KINDS}
        onSelect={(kind) => draft.edit('retention', () => (kind === 'days' ? { kind, days: USUAL_DAYS } : { kind }))}
      />
      {retention.kind === 'days' && (
        <NumberField
          label="Days"
          path="retention.days"
          unit="days"
          least={1}
          most={MOST_DAYS}
          value={retention.days}
          error={draft.problemOf('retention.days')}
          onInput={(days) => draft.edit('retention', () => ({ kind: 'days', days }))}
        />
      )}
    </Section>
  );
}
