import type { LauncherLook } from './port-message.ts';

/** How the launcher looks as long as neither the embedder nor the settings have said anything else. */
export const DEFAULT_LOOK: LauncherLook = {
  accent: '#0059ff',
  mode: 'auto',
  icon: 'chat',
  label: 'Chat',
  position: 'end',
  offsetSide: 24,
  offsetBottom: 24,
  radius: 20,
  zIndex: 2_147_483_000,
};
