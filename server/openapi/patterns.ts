/** Without its checksum, which a pattern cannot verify. */
export const PUBLIC_KEY_PATTERN = '^PUB_[A-Za-z0-9]{22}[0-9a-z]{6}$';
export const ORIGIN_PATTERN = '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$';
