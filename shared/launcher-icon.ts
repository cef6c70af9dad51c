import type { LauncherIcon } from './port-message.ts';

/** What the launcher shows: round strokes of 2 on a grid of 56 by 56, unfilled. */
export const ICON_PATHS = {
  chat: 'M20 21h16v11H26l-5 4v-4h-1z',
  question: 'M24 25a4 4 0 1 1 5 4q-1 1-1 2m0 5v.01',
  spark: 'M28 19q1 8 9 9-8 1-9 9-1-8-9-9 8-1 9-9z',
  close: 'm22 25 6 6 6-6',
} as const satisfies Record<LauncherIcon | 'close', string>;
