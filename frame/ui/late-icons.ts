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
  'M7.5 7.5V5A1.5 1.5 0 0 1 9 3.5h6A1.5 1.5 0 0 1 16.5 5v6a1.5 1.5 0 0 1-1.5 1.5h-2.5M5 7.5h6A1.5 1.5 0 0 1 12.5 9v6a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V9A1.5 1.5 0 0 1 5 7.5z';
export const CHECK: Shape = 'M4.5 10.5l3.5 3.5 7.5-8';
