import { FRAME_ATTRIBUTES, FRAME_SANDBOX } from './frame-element.ts';

/** The settings view may also hand its admin a file to keep: numbers as CSV, the articles as a zip. */
export const SETTINGS_SANDBOX = `${FRAME_SANDBOX} allow-downloads`;

export const SETTINGS_FRAME_ATTRIBUTES = { ...FRAME_ATTRIBUTES, sandbox: SETTINGS_SANDBOX } as const;
