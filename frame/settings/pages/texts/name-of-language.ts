/** A language's name as the admin's language has it, such as "Portuguese (Brazil)"; the tag itself if it has none. */
export function nameOfLanguage(tag: string, adminLocale: string): string {
  try {
    const names = new Intl.DisplayNames(adminLocale === '' ? undefined : adminLocale, { type: 'language' });
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
