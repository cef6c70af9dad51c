import { useSignal } from '@preact/signals';
import * as v from 'valibot';
import { localeSchema } from '../../../../shared/configuration.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { addLocale, findLocale } from './edit-texts.ts';
import { nameOfLanguage } from './name-of-language.ts';

/** Asks for the tag of a new language, and says which language that is while it is typed. */
export function AddLanguage({ view, onClose }: { view: View; onClose: () => void }) {
  const tag = useSignal('');
  const isTried = useSignal(false);
  const typed = tag.value.trim();
  const problem = whyNot(typed, view);

  function add(): void {
    isTried.value = true;
    if (problem !== undefined) return;
    addLocale(view.draft, typed);
    view.go(`texts/${typed.toLowerCase()}`);
    onClose();
  }

  return (
    <Dialog
      title="Add a language"
      seen={view.seen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" onClick={add}>
            Add
          </Button>
        </>
      }
    >
      <TextField
        label="Language tag"
        isCode
        placeholder="de, fr, pt-BR"
        value={tag.value}
        error={isTried.value ? problem : undefined}
        help={problem === undefined ? `This is ${nameOfLanguage(typed, view.locale.value)}.` : 'As in “de” or “pt-BR”.'}
        onInput={(text) => {
          tag.value = text;
        }}
      />
    </Dialog>
  );
}

function whyNot(tag: string, view: View): string | undefined {
  if (!v.is(localeSchema, tag)) return `“${tag}” is not a language tag such as “de” or “pt-BR”.`;
  const known = findLocale(view.draft.settings.value.locales, tag);
  return known === undefined ? undefined : `“${known}” is there already.`;
}
