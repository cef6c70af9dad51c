import { Button } from '../../ui/button.tsx';
import { Locked } from '../../ui/locked.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Section } from '../../ui/section.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { editText } from '../texts/edit-texts.ts';
import { ModelInUse } from './model-in-use.tsx';

const MOST_INSTRUCTIONS = 8_000;

/** How the assistant answers, and where it sends visitors it cannot help. */
export function AssistantPage({ view }: { view: View }) {
  const { draft } = view;
  const { assistant, locales, defaultLocale } = draft.settings.value;
  const contactPath = `locales.${defaultLocale}.contact`;
  const left = MOST_INSTRUCTIONS - assistant.instructions.length;
  return (
    <>
      <ModelInUse view={view} />
      <Locked reason={view.reasonAgainst('settings:write-assistant')}>
        <Section
          heading="Instructions"
          help="What the model is told before every conversation. Visitors do not see it, but a model can be made to repeat it."
        >
          <TextArea
            label="Instructions"
            isLabelHidden
            path="assistant.instructions"
            rows={8}
            value={assistant.instructions}
            placeholder="You answer questions about our shop. Use only what the articles say, and be brief."
            error={draft.problemOf('assistant.instructions')}
            help={left < 1_000 ? `${view.formats.value.number(left)} characters left.` : 'At most 8,000 characters.'}
            onInput={(instructions) => draft.edit('assistant', (now) => ({ ...now, instructions }))}
          />
          <NumberField
            label="Temperature"
            path="assistant.temperature"
            least={0}
            most={2}
            step={0.1}
            value={assistant.temperature}
            error={draft.problemOf('assistant.temperature')}
            help="From 0 to 2. Near 0 the same question gets the same answer; higher is freer, and more often wrong."
            onInput={(temperature) => draft.edit('assistant', (now) => ({ ...now, temperature }))}
          />
        </Section>
      </Locked>
      <Locked reason={view.reasonAgainst('settings:write-texts')}>
        <Section heading="When it cannot help" help="Said at the end of an answer that found nothing.">
          <TextField
            label="Contact"
            path={contactPath}
            value={locales[defaultLocale]?.contact ?? ''}
            placeholder="Write to help@shop.example"
            error={draft.problemOf(contactPath)}
            help="In the default language. Texts has it for every other."
            onInput={(contact) => editText(draft, defaultLocale, { contact })}
          />
        </Section>
      </Locked>
      <Section
        heading="Try it"
        help="The preview answers from this draft, with the articles as they are. Nothing you ask there is counted."
      >
        <div>
          <Button onClick={() => view.go('knowledge')}>See what it can cite</Button>
        </div>
      </Section>
    </>
  );
}
