import { createHash, randomUUID } from 'node:crypto';
import type { Persistence } from '../../shared/settings.ts';
import { findReturning, type VisitorPlace } from '../store/visitors.ts';
import { namedUuid } from './named-uuid.ts';
import { createSecret } from './secret-keys.ts';

export type { VisitorPlace };

/** What somebody who comes brings along, as far as their browser or their tab remembers. */
export type Remembered = { readonly cookie: string | undefined; readonly tab: string | undefined };

/** A browser, or a tab, that is or is about to become a visitor. `secret` is what it is to remember. */
export type Browser = { readonly id: string; readonly secret: string; readonly isNew: boolean };

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The browser that was given its secret for this widget and this site, as far as the widget's settings let it be found
 * again; else a new one, not stored.
 */
export async function resumeBrowser(
  place: VisitorPlace,
  remembered: Remembered,
  { persistence, now }: { readonly persistence: Persistence; readonly now: Date },
): Promise<Browser> {
  const secret = secretFor(persistence, remembered);
  if (secret !== undefined) {
    const seenSince = persistence.kind === 'days' ? new Date(now.getTime() - persistence.days * DAY_MS) : undefined;
    const id = await findReturning(place, { resumeHash: hashResumeSecret(secret), seenSince, now });
    if (id !== undefined) return { id, secret, isNew: false };
  }
  return { id: randomUUID(), secret: createSecret(), isNew: true };
}

function secretFor({ kind }: Persistence, { cookie, tab }: Remembered): string | undefined {
  if (kind === 'never') return undefined;
  return kind === 'tab' ? tab : cookie;
}

/** SHA-256 in hexadecimal. The secret has 256 random bits, so there is nothing a slower hash would protect. */
export function hashResumeSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export const RESUME_COOKIE_PREFIX = '__Host-casement-';

/** The name of the resume cookie: one for each widget and site, so that visitors of two sites are never joined. */
export function resumeCookieName({ widgetId, origin }: VisitorPlace): string {
  const place = createHash('sha256').update(`${widgetId}|${origin}`).digest('hex').slice(0, 8);
  return `${RESUME_COOKIE_PREFIX}${place}`;
}

/** The visitor whom the company calls `subject`: one for each widget and site, whatever browser they use. */
export function identifiedVisitorId({ widgetId, origin }: VisitorPlace, subject: string): string {
  return namedUuid('visitor', widgetId, origin, subject);
}
