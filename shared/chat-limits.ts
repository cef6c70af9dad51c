/** The longest text of a visitor's message, in UTF-16 code units after trimming. */
export const MESSAGE_MAX_CHARACTERS = 4_000;

/** The longest text of a reply, in bytes of UTF-8. */
export const REPLY_MAX_BYTES = 64 * 1024;

/** How much a host page may say about the visit: so many strings, of so many UTF-16 code units together. */
export const CONTEXT_MOST_LINES = 10;
export const CONTEXT_MAX_CHARACTERS = 2_048;
