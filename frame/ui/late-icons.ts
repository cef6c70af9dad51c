import type { Shape } from './icon.tsx';

export const BACK: Shape = 'M12 4.5L6.5 10l5.5 5.5';
export const FORWARD: Shape = 'M8 4.5l5.5 5.5L8 15.5';
export const MORE: Shape = 'M4.5 10h.01M10 10h.01M15.5 10h.01';
export const PLUS: Shape = 'M10 4v12M4 10h12';
export const CLOCK: Shape = 'M10 5.5V10l3 2M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z';
export const DOWN: Shape = 'M10 4v11.5M5 11l5 5 5-5';
export const EXPAND: Shape = 'M5 8l5 5 5-5';
export const OPEN_PAGE: Shape = 'M8 4.5H4.5v11h11V12M11.5 3.5h5v5M16.5 3.5L9 11';
export const COPY: Shape =
  'M8 6.5h7A1.5 1.5 0 0 1 16.5 8v7a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 15V8A1.5 1.5 0 0 1 8 6.5zM3.5 12.3V5A1.5 1.5 0 0 1 5 3.5h7.3';
export const CHECK: Shape = 'M4.5 10.5l3.5 3.5 7.5-8';
export const THUMB_UP: Shape =
  'M6.5 9v7.5H4A1.5 1.5 0 0 1 2.5 15v-4.5A1.5 1.5 0 0 1 4 9zM6.5 9l3-6a2 2 0 0 1 2 2v2.5h3.8a1.7 1.7 0 0 1 1.7 2l-.9 5.5a1.7 1.7 0 0 1-1.7 1.5H6.5';
export const THUMB_DOWN: Shape =
  'M13.5 11V3.5H16A1.5 1.5 0 0 1 17.5 5v4.5A1.5 1.5 0 0 1 16 11zM13.5 11l-3 6a2 2 0 0 1-2-2v-2.5H4.7a1.7 1.7 0 0 1-1.7-2L3.9 5a1.7 1.7 0 0 1 1.7-1.5h7.9';
