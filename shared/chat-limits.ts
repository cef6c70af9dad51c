/** The longest text of a visitor's message, in UTF-16 code units after trimming. */
export const MESSAGE_MAX_CHARACTERS = 4_000;

/** The longest text of a reply, in bytes of UTF-8. */
export const REPLY_MAX_BYTES = 64 * 1024;
