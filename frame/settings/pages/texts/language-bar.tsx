import { useSignal } from '@preact/signals';
import { PLUS } from '../../../ui/late-icons.ts';
import { Button } from '../../ui/button.tsx';
import { Locked } from '../../ui/locked.tsx';
import { Chip } from '../../ui/marks.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import type { View } from '../../view.ts';
import { AddLanguage } from './add-language.tsx';
import { makeDefault, removeLocale } from './edit-texts.ts';
import { nameOfLanguage } from './name-of-language.ts';

/** Which language is edited, and which languages there are. */
export function LanguageBar({ view, locale }: { view: View; locale: string }) {
  const isAdding = useSignal(false);
  const { locales, defaultLocale } = view.draft.settings.value;
  const name = (tag: string) => nameOfLanguage(tag, view.locale.value);
  const isDefault = locale === defaultLocale;

  async function remove(): Promise<void> {
    const isAgreed = await view.confirm({
      title: `Remove ${name(locale)}?`,
      body: `Visitors who read ${name(locale)} see the texts in ${name(defaultLocale)} after you publish.`,
      action: 'Remove',
      isDangerous: true,
    });
    if (!isAgreed) return;
    removeLocale(view.draft, locale);
    view.go('texts');
  }

  return (
    <Section
      heading="Language"
      help="A visitor gets the language the page asks for, else the one of their browser, else the default."
    >
      <div class="field-row">
        {/* Whoever may not write reads every language. */}
        <Locked reason={undefined}>
          <Select
            label="Texts in"
            value={locale}
            options={Object.keys(locales).map((tag) => ({
              value: tag,
              label: tag === defaultLocale ? `${name(tag)} (default)` : name(tag),
            }))}
            onSelect={(tag) => view.go(`texts/${tag.toLowerCase()}`)}
          />
        </Locked>
        <Button
          shape={PLUS}
          onClick={() => {
            isAdding.value = true;
          }}
        >
          Add a language
        </Button>
      </div>
      <div class="actions">
        {isDefault ? (
          <Chip>Stands in where another language has no text</Chip>
        ) : (
          <>
            <Button kind="bare" onClick={() => makeDefault(view.draft, locale)}>
              Make it the default
            </Button>
            <Button kind="bare" onClick={() => void remove()}>
              Remove {name(locale)}
            </Button>
          </>
        )}
      </div>
      {isAdding.value && (
        <AddLanguage
          view={view}
          onClose={() => {
            isAdding.value = false;
          }}
        />
      )}
    </Section>
  );
}
