import { InPortions } from '../../ui/in-portions.tsx';
import { Locked } from '../../ui/locked.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Columns, Section } from '../../ui/section.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { editText } from '../texts/edit-texts.ts';
import { describeDailyLimit, describeRate } from './describe-limits.ts';
import { PersistenceField } from './persistence-field.tsx';
import { RetentionField } from './retention-field.tsx';

/** How much visitors may write, how long they are remembered, and what they agree to. */
export function LimitsPage({ view }: { view: View }) {
  const { draft } = view;
  const { limits, locales, defaultLocale } = draft.settings.value;
  const { number } = view.formats.value;
  const consentPath = `locales.${defaultLocale}.consent`;
  const set = (part: Partial<typeof limits>) => draft.edit('limits', (now) => ({ ...now, ...part }));
  return (
    <InPortions>
      <Locked reason={view.reasonAgainst('settings:write-limits')}>
        <Section
          heading="Messages"
          help="A limit that is reached is told to the visitor, and nothing they wrote is lost."
        >
          <Columns>
            <NumberField
              label="For one visitor"
              path="limits.messagesPerMinute"
              unit="a minute"
              least={1}
              most={600}
              value={limits.messagesPerMinute}
              error={draft.problemOf('limits.messagesPerMinute')}
              help={describeRate(limits.messagesPerMinute)}
              onInput={(messagesPerMinute) => set({ messagesPerMinute })}
            />
            <NumberField
              label="For the whole widget"
              path="limits.messagesPerDay"
              unit="a day"
              least={1}
              most={10_000_000}
              value={limits.messagesPerDay}
              error={draft.problemOf('limits.messagesPerDay')}
              help={describeDailyLimit(limits.messagesPerDay, number)}
              onInput={(messagesPerDay) => set({ messagesPerDay })}
            />
          </Columns>
        </Section>
      </Locked>
      <Locked reason={view.reasonAgainst('settings:write-limits')}>
        <PersistenceField view={view} />
        <RetentionField view={view} />
      </Locked>
      <Locked reason={view.reasonAgainst('settings:write-texts')}>
        <Section heading="Consent" help="Shown before a visitor’s first message. Empty, nothing is shown.">
          <TextArea
            label="What visitors agree to by writing"
            path={consentPath}
            rows={2}
            value={locales[defaultLocale]?.consent ?? ''}
            placeholder="By writing you agree that your messages are kept for 30 days."
            error={draft.problemOf(consentPath)}
            help="In the default language. Texts has it for every other."
            onInput={(consent) => editText(draft, defaultLocale, { consent })}
          />
        </Section>
      </Locked>
    </InPortions>
  );
}
