import * as v from 'valibot';
import { type Configuration, configurationSchema } from '../../../shared/configuration.ts';
import type { Mode } from '../../../shared/contrast.ts';
import { configurationOf, type Settings } from '../../../shared/settings.ts';

type Wanted = {
  /** The language that is being edited; another than the settings have is the default one. */
  readonly locale: string;
  /** In place of the settings' own mode, to see the other one. */
  readonly mode: Mode | undefined;
};

/** What the preview is to show of a draft; `undefined` while something in it that is shown breaks its rule. */
export function previewConfiguration(settings: Settings, { locale, mode }: Wanted): Configuration | undefined {
  const known = Object.keys(settings.locales).find((one) => one.toLowerCase() === locale.toLowerCase());
  try {
    const configuration = configurationOf(settings, 0, known ?? settings.defaultLocale);
    const theme = mode === undefined ? configuration.theme : { ...configuration.theme, mode };
    return v.parse(configurationSchema, { ...configuration, theme });
  } catch (error) {
    if (error instanceof v.ValiError) return undefined;
    throw error;
  }
}
