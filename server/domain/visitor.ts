import { createHash, randomUUID } from 'node:crypto';
import { findVisitorId, type VisitorPlace } from '../store/visitors.ts';
import { createSecret } from './secret-keys.ts';

export type { VisitorPlace };

/** Somebody who is, or is about to become, a visitor; `secret` is what the resume cookie holds. */
export type ResumedVisitor = { readonly id: string; readonly secret: string; readonly isNew: boolean };

/** The visitor whose resume cookie holds `secret`, on the widget and site it was given for; else a new one, not stored. */
export async function resumeVisitor(place: VisitorPlace, secret: string | undefined): Promise<ResumedVisitor> {
  const id = secret === undefined ? undefined : await findVisitorId(place, hashResumeSecret(secret));
  if (id !== undefined && secret !== undefined) return { id, secret, isNew: false };
  return { id: randomUUID(), secret: createSecret(), isNew: true };
}

/** SHA-256 in hexadecimal. The secret has 256 random bits, so there is nothing a slower hash would protect. */
export function hashResumeSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The name of the resume cookie: one for each widget and site, so that visitors of two sites are never joined. */
export function resumeCookieName({ widgetId, origin }: VisitorPlace): string {
  const place = createHash('sha256').update(`${widgetId}|${origin}`).digest('hex').slice(0, 8);
  return `__Host-casement-${place}`;
}
