/** Settings whose parts mean nothing alone: they change, are said and are taken as one. */
const WHOLE_SETTINGS = ['persistence', 'retention'];

/** The setting that a changed path belongs to: itself, but for the parts of a whole one. */
export function settingOf(path: string): string {
  return WHOLE_SETTINGS.find((whole) => path.startsWith(`${whole}.`)) ?? path;
}

/** How many settings changed, as people count. */
export function countSettings(changes: readonly { readonly path: string }[]): number {
  return new Set(changes.map(({ path }) => settingOf(path))).size;
}
