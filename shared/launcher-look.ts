import type { Configuration } from './configuration.ts';
import type { LauncherLook } from './port-message.ts';

/** The part of a configuration that the host page is shown. */
export function launcherLookOf({ theme, texts, launcherIcon }: Configuration): LauncherLook {
  return {
    accent: theme.primary,
    mode: theme.mode,
    icon: launcherIcon,
    label: texts.launcherLabel,
    position: theme.position,
    offsetSide: theme.offsetSide,
    offsetBottom: theme.offsetBottom,
    radius: theme.radius,
    zIndex: theme.zIndex,
  };
}
