import { CLOSE } from '../../../ui/icon.tsx';
import { PLUS } from '../../../ui/late-icons.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { editText } from './edit-texts.ts';

const MOST_QUESTIONS = 4;

/** Up to four questions that a visitor can ask with one click. */
export function StarterQuestions({ view, locale }: { view: View; locale: string }) {
  const { draft } = view;
  const { locales, defaultLocale } = draft.settings.value;
  const questions = locales[locale]?.starterQuestions ?? [];
  const standIns = locale === defaultLocale ? [] : (locales[defaultLocale]?.starterQuestions ?? []);
  const set = (next: readonly string[]) => editText(draft, locale, { starterQuestions: [...next] });
  return (
    <Section heading="Starter questions" help="Up to four, under the greeting. A click asks the question.">
      {questions.length === 0 && (
        <p class="help">
          {standIns.length === 0
            ? 'No question is offered.'
            : `Visitors see those of the default language: ${standIns.map((question) => `“${question}”`).join(', ')}.`}
        </p>
      )}
      {questions.map((question, index) => (
        <div key={index} class="field-row">
          <TextField
            label={`Question ${index + 1}`}
            path={`locales.${locale}.starterQuestions.${index}`}
            value={question}
            error={draft.problemOf(`locales.${locale}.starterQuestions.${index}`)}
            onInput={(text) => set(questions.map((one, at) => (at === index ? text : one)))}
          />
          <IconButton
            label={`Remove question ${index + 1}`}
            shape={CLOSE}
            onClick={() => set(questions.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          shape={PLUS}
          onClick={() => set([...questions, ''])}
          reason={questions.length >= MOST_QUESTIONS ? 'Four questions are the most a visitor is offered.' : undefined}
        >
          Add a question
        </Button>
      </div>
    </Section>
  );
}
