import type { LocaleTexts, Settings } from '../../../../shared/settings.ts';
import type { Draft } from '../../state/draft.ts';

type Locales = Settings['locales'];

/** The settings' own spelling of a language tag that was written in any case. */
export function findLocale(locales: Locales, wanted: string): string | undefined {
  return Object.keys(locales).find((locale) => locale.toLowerCase() === wanted.toLowerCase());
}

/**
 * Changes texts of one language. What is emptied in another language than the default one is left out of it, so that
 * visitors see the default language's.
 */
export function editText(draft: Draft, locale: string, change: Partial<LocaleTexts>): void {
  const { defaultLocale } = draft.settings.peek();
  draft.edit('locales', (locales) => {
    const texts: Record<string, unknown> = { ...locales[locale], ...change };
    for (const [name, value] of Object.entries(change)) {
      if (locale !== defaultLocale && isEmpty(value)) delete texts[name];
    }
    return { ...locales, [locale]: texts };
  });
}

export function addLocale(draft: Draft, locale: string): void {
  draft.edit('locales', (locales) => ({ ...locales, [locale]: {} }));
}

export function removeLocale(draft: Draft, locale: string): void {
  draft.edit('locales', (locales) => Object.fromEntries(Object.entries(locales).filter(([name]) => name !== locale)));
}

/** Makes `locale` the one whose texts stand in for all others; what it lacks is taken over from the one before. */
export function makeDefault(draft: Draft, locale: string): void {
  const { locales, defaultLocale } = draft.settings.peek();
  const { starterQuestions: _questions, ...before } = locales[defaultLocale] ?? {};
  draft.edit('locales', (now) => ({ ...now, [locale]: { ...before, ...now[locale] } }));
  draft.edit('defaultLocale', () => locale);
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
