import { findContrastProblems } from '../../shared/contrast.ts';
import { type Origin, parseOrigin } from '../../shared/origin.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SettingsWarning } from '../../shared/settings-api.ts';
import { siteOf } from './site.ts';

const MOST_SITES_NAMED = 20;

/** What an admin should know about valid settings: nobody is admitted, a colour is hard to see, a site is too close. */
export function findWarnings(settings: Settings, widgetOrigin: Origin): readonly SettingsWarning[] {
  return [...warnOfContrast(settings), ...warnOfSites(settings, widgetOrigin)];
}

function warnOfContrast({ theme }: Settings): readonly SettingsWarning[] {
  return findContrastProblems(theme).map(({ mode, ratio, least, suggestion }) => ({
    code: 'LOW_CONTRAST',
    field: 'theme.primary',
    message: `"${theme.primary}" has a contrast of ${ratio}:1 in the ${mode} mode; people need ${least}:1 to see a button`,
    suggestion,
  }));
}

function warnOfSites({ allowlist }: Settings, widgetOrigin: Origin): readonly SettingsWarning[] {
  if (allowlist.length === 0) {
    return [
      { code: 'NO_SITES', field: 'allowlist', message: 'No site is on the list, so no site can show the widget' },
    ];
  }
  const widgetSite = siteOf(widgetOrigin);
  return allowlist
    .flatMap((entry, index): SettingsWarning[] => {
      const origin = parseOrigin(entry.replace('://*.', '://'));
      if (origin === undefined || widgetSite === null || siteOf(origin) !== widgetSite) return [];
      const message =
        `"${entry}" and the widget are both on "${widgetSite}"; browsers keep them less apart than two sites, ` +
        'so a domain of its own is better for the widget';
      return [{ code: 'SAME_SITE', field: `allowlist.${index}`, message }];
    })
    .slice(0, MOST_SITES_NAMED);
}
