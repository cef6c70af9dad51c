import type { Signal } from '@preact/signals';
import type { Settings } from '../../../shared/settings.ts';
import type { SavedSettingsAnswer, SettingsAnswer } from '../../../shared/settings-api.ts';
import type { Draft } from './draft.ts';

type Parts = {
  readonly published: Signal<SettingsAnswer>;
  readonly draft: Draft;
  readonly tellSaved: (version: number) => void;
};

/**
 * Takes over settings that are published now. A draft without changes follows them, and so does one that is what was
 * `sent`; edits that were made meanwhile stay on top. Any other edit keeps the version it began from: publishing it then
 * shows both sides.
 */
export function createAdopt({ published, draft, tellSaved }: Parts) {
  return (answer: SettingsAnswer | SavedSettingsAnswer, sent?: Settings): void => {
    const before = published.value;
    published.value = answer;
    const shown = draft.settings.value;
    const onto = { settings: answer.settings, version: answer.version };
    if (draft.changes.value.length === 0 || shown === sent) draft.replace(answer.settings, onto);
    else if (sent !== undefined) draft.replace(shown, onto);
    if (answer.version !== before.version) tellSaved(answer.version);
  };
}
