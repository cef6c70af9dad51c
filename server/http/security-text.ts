import type { Origin } from '../../shared/origin.ts';

/** What is known about who to tell, and where the file is. */
export type SecurityContact = {
  /** A `mailto:` or `https:` address. */
  readonly contact: string;
  readonly policyUrl: string | undefined;
  readonly origins: readonly Origin[];
};

export const SECURITY_TEXT_PATH = '/.well-known/security.txt';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Less than the year that RFC 9116 (2.5.5) recommends at most. */
const VALID_DAYS = 180;

/**
 * The text of `security.txt` (RFC 9116). A running server vouches for it, so that it never expires while there is one; the
 * end is a midnight, so that the text is the same all day.
 */
export function securityText({ contact, policyUrl, origins }: SecurityContact, now: Date): string {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${new Date(today + VALID_DAYS * DAY_MS).toISOString()}`,
    'Preferred-Languages: en',
    ...origins.map((origin) => `Canonical: ${origin}${SECURITY_TEXT_PATH}`),
    ...(policyUrl === undefined ? [] : [`Policy: ${policyUrl}`]),
  ];
  return `${lines.join('\n')}\n`;
}
