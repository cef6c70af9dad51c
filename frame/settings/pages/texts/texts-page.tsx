import { InPortions } from '../../ui/in-portions.tsx';
import { Locked } from '../../ui/locked.tsx';
import { Section } from '../../ui/section.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { editText, findLocale } from './edit-texts.ts';
import { LanguageBar } from './language-bar.tsx';
import { StarterQuestions } from './starter-questions.tsx';
import { TEXT_GROUPS, type TextFieldSpec } from './text-fields.ts';

/** Every word of the widget, language by language. */
export function TextsPage({ view }: { view: View }) {
  const { locales, defaultLocale } = view.draft.settings.value;
  const locale = findLocale(locales, view.rest.value) ?? defaultLocale;
  return (
    <Locked reason={view.reasonAgainst('settings:write-texts')}>
      <InPortions>
        <LanguageBar view={view} locale={locale} />
        {TEXT_GROUPS.map(({ heading, help, fields }) => (
          <Section key={heading} heading={heading} help={help}>
            {fields.map((field) => (
              <Text key={`${locale}.${field.name}`} view={view} locale={locale} field={field} />
            ))}
          </Section>
        ))}
        <StarterQuestions view={view} locale={locale} />
      </InPortions>
    </Locked>
  );
}

type TextProps = { readonly view: View; readonly locale: string; readonly field: TextFieldSpec };

/** One text. What visitors see in its place while it is empty is said under it. */
function Text({ view, locale, field }: TextProps) {
  const { draft } = view;
  const { locales, defaultLocale } = draft.settings.value;
  const { name, label, help, own, isOptional = false, isLong = false } = field;
  const value = locales[locale]?.[name] ?? '';
  const standIn = (locale !== defaultLocale && locales[defaultLocale]?.[name]) || own;
  const path = `locales.${locale}.${name}`;
  const shared = {
    label,
    path,
    value,
    help: value === '' ? `${help} ${describeEmpty(standIn, isOptional)}` : help,
    error: draft.problemOf(path),
    onInput: (text: string) => editText(draft, locale, { [name]: text }),
    ...(standIn !== undefined && { placeholder: standIn }),
  };
  return isLong ? <TextArea {...shared} /> : <TextField {...shared} />;
}

function describeEmpty(standIn: string | undefined, isOptional: boolean): string {
  if (standIn !== undefined) return `Now visitors see “${standIn}”`;
  return isOptional ? 'Now nothing is shown there.' : '';
}
