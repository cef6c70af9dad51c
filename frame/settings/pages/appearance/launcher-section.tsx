import { ICON_PATHS } from '../../../../shared/launcher-icon.ts';
import { LAUNCHER_ICONS, type LauncherIcon } from '../../../../shared/port-message.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { Section } from '../../ui/section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { editText } from '../texts/edit-texts.ts';

const NAMES: Readonly<Record<LauncherIcon, string>> = {
  chat: 'Speech bubble',
  question: 'Question mark',
  spark: 'Spark',
};

/** The button that opens the panel. */
export function LauncherSection({ view }: { view: View }) {
  const { draft } = view;
  const { launcher, locales, defaultLocale } = draft.settings.value;
  const path = `locales.${defaultLocale}.launcherLabel`;
  return (
    <Section heading="Launcher" help="The button that opens the panel.">
      <RadioCards
        label="Icon"
        path="launcher.icon"
        value={launcher.icon}
        choices={LAUNCHER_ICONS.map((icon) => ({
          value: icon,
          label: NAMES[icon],
          picture: <LauncherPicture icon={icon} />,
        }))}
        onSelect={(icon) => draft.edit('launcher', (now) => ({ ...now, icon }))}
      />
      <TextField
        label="Label"
        path={path}
        help="What screen readers say, in the default language. Texts has it for every other."
        value={locales[defaultLocale]?.launcherLabel ?? ''}
        error={draft.problemOf(path)}
        reason={view.reasonAgainst('settings:write-texts')}
        onInput={(launcherLabel) => editText(draft, defaultLocale, { launcherLabel })}
      />
    </Section>
  );
}

/** The icon as the launcher shows it. */
function LauncherPicture({ icon }: { icon: LauncherIcon }) {
  return (
    <svg class="launcher-picture" viewBox="14 13 28 28" aria-hidden="true">
      <path d={ICON_PATHS[icon]} />
    </svg>
  );
}
