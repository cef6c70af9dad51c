/**
 * The words the panel needs before the rest of its code has come; all others are in `strings.ts`. They stand apart
 * because they weigh on the time until the panel can be typed into.
 */
export const close = 'Close';
export const preview = 'Preview';
export const yourMessage = 'Your message';
export const send = 'Send';
export const stop = 'Stop the answer';
export const loading = 'Loading';
export const offline = 'You are offline. What you write is kept here.';
export const unreachable = 'The chat cannot be reached right now. What you write is kept here.';
