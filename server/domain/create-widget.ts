import { randomInt, randomUUID } from 'node:crypto';
import { SECRET_KEY_TARGETS } from '../../shared/keys-api.ts';
import { createPublicKey, type PublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { Actor } from '../../shared/settings-api.ts';
import type { Clock } from '../gateways/clock.ts';
import { findWidgetBySlug, insertWidget } from '../store/widget-settings.ts';
import { appendAudit } from './audit-log.ts';
import type { SecretBox } from './secret-box.ts';
import { createSecretKey } from './secret-key.ts';
import type { Widget } from './widget.ts';

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A company's name for itself and for one of its widgets. */
export type WidgetName = { readonly companyId: string; readonly slug: string };

export type CreateParts = { readonly clock: Clock; readonly secretBox: SecretBox };

/**
 * The company's widget of this name, made now if there is none: with one key of each kind, settings at version 0 and an empty
 * allowlist. Of many callers at once all are answered the same widget.
 */
export async function createWidget(
  { companyId, slug }: WidgetName,
  actor: Actor,
  { clock, secretBox }: CreateParts,
): Promise<Widget> {
  const id = randomUUID();
  const widget: Widget = {
    id,
    companyId,
    slug,
    version: 0,
    settings: DEFAULT_SETTINGS,
    keys: [{ publicKey: createRandomKey(), state: 'active' }],
    secretKeys: SECRET_KEY_TARGETS.map((target) => createSecretKey(id, target, secretBox)),
    keysRevision: 0,
  };
  // Written first: an entry about a widget that never came to be does no harm, one that is missing would.
  await appendAudit({ widgetId: widget.id, actor, act: 'widget-created', details: { slug } }, clock);
  if (await insertWidget(widget)) return widget;
  const existing = await findWidgetBySlug(companyId, slug);
  if (existing === undefined) throw new Error('A widget is neither there nor can it be made');
  return existing;
}

/** A public key that nobody has. */
export function createRandomKey(): PublicKey {
  const characters = Array.from({ length: 22 }, () => KEY_ALPHABET.charAt(randomInt(KEY_ALPHABET.length)));
  return createPublicKey(characters.join(''));
}
