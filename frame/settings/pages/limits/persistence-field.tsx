import type { Persistence } from '../../../../shared/settings.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';

const KINDS = [
  { value: 'forever', label: 'As long as the browser keeps it', help: 'A cookie of 400 days, renewed at every visit.' },
  { value: 'days', label: 'Some days', help: 'Counted from the last visit.' },
  { value: 'tab', label: 'This tab', help: 'No cookie. Gone when the tab is closed.' },
  { value: 'never', label: 'Never', help: 'No cookie and no storage. Gone when the page is left.' },
] as const;

const USUAL_DAYS = 30;

/** How long a visitor finds the conversation again. */
export function PersistenceField({ view }: { view: View }) {
  const { draft } = view;
  const { persistence } = draft.settings.value;

  function select(kind: Persistence['kind']): void {
    draft.edit('persistence', () => (kind === 'days' ? { kind, days: USUAL_DAYS } : { kind }));
  }

  return (
    <Section heading="Remembering visitors" help="How long a visitor finds the conversation again.">
      <RadioCards
        label="Remembered"
        isLabelHidden
        path="persistence"
        value={persistence.kind}
        choices={KINDS}
        onSelect={select}
      />
      {persistence.kind === 'days' && (
        <NumberField
          label="Days"
          path="persistence.days"
          unit="days"
          least={1}
          most={400}
          value={persistence.days}
          error={draft.problemOf('persistence.days')}
          onInput={(days) => draft.edit('persistence', () => ({ kind: 'days', days }))}
        />
      )}
    </Section>
  );
}
