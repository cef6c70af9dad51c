import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { createDraft } from '../../state/draft.ts';
import { addLocale, editText, findLocale, makeDefault, removeLocale } from './edit-texts.ts';

function draftWithGerman() {
  const draft = createDraft({ settings: DEFAULT_SETTINGS, version: 1 });
  addLocale(draft, 'de');
  editText(draft, 'de', { greeting: 'Hallo.' });
  return draft;
}

test('a text that is emptied in another language comes from the default language again', () => {
  const draft = draftWithGerman();
  expect(draft.settings.value.locales.de).toEqual({ greeting: 'Hallo.' });
  editText(draft, 'de', { greeting: '' });
  expect(draft.settings.value.locales.de).toEqual({});
});

test('a text that is emptied in the default language stays empty, and is a problem where words are needed', () => {
  const draft = draftWithGerman();
  editText(draft, 'en', { greeting: '', subtitle: '' });
  expect(draft.settings.value.locales.en).toMatchObject({ greeting: '', subtitle: '' });
  expect(draft.problems.value.map(({ field }) => field)).toEqual(['locales.en.greeting']);
});

test('a language that becomes the default one is complete, with its own words first', () => {
  const draft = draftWithGerman();
  makeDefault(draft, 'de');
  expect(draft.settings.value.defaultLocale).toBe('de');
  expect(draft.settings.value.locales.de).toMatchObject({ greeting: 'Hallo.', placeholder: 'Ask a question' });
  expect(draft.problems.value).toEqual([]);
});

test('a language that is taken away leaves the others as they are', () => {
  const draft = draftWithGerman();
  removeLocale(draft, 'de');
  expect(draft.settings.value.locales).toEqual(DEFAULT_SETTINGS.locales);
});

test('finds a language whatever the case of its letters', () => {
  expect(findLocale({ 'pt-BR': {} }, 'pt-br')).toBe('pt-BR');
  expect(findLocale({ en: {} }, 'de')).toBeUndefined();
});
