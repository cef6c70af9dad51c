import type { SettingsSection } from '../../../../shared/settings-change.ts';

const NAMES: Readonly<Record<SettingsSection, string>> = {
  theme: 'Appearance',
  launcher: 'Launcher',
  defaultLocale: 'Default language',
  locales: 'Texts',
  features: 'Features',
  allowlist: 'Sites',
  persistence: 'Remembering',
  retention: 'Keeping',
  limits: 'Limits',
  assistant: 'Assistant',
};

/** Names of the parts of the settings, as the pages call them. */
export function nameSections(sections: readonly string[]): string {
  const names = sections.map((section) => (isSection(section) ? NAMES[section] : section));
  return names.length === 0 ? 'Nothing' : names.join(', ');
}

function isSection(name: string): name is SettingsSection {
  return Object.hasOwn(NAMES, name);
}
