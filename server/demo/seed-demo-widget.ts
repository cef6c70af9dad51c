import { randomInt, randomUUID } from 'node:crypto';
import type { Origin } from '../../shared/origin.ts';
import { createPublicKey, type PublicKey } from '../../shared/public-key.ts';
import type { Widget } from '../domain/widget.ts';
import { findWidgetIdentity, saveWidget } from '../store/widget-settings.ts';
import { DEMO_CONFIGURATION } from './demo-configuration.ts';

const COMPANY_ID = 'harbour-outfitters';
const SLUG = 'demo';
const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const INSTRUCTIONS =
  'You answer questions about Casement, a self-hosted AI chat widget. Use only what the articles say, be brief, and say ' +
  'so when they do not answer the question.';

/**
 * The demo widget, on the shop and nowhere else. Its id and its public key are made at the first start and kept, so that
 * conversations and snippets stay valid; its words and its allowlist follow the code and the configuration.
 */
export async function seedDemoWidget(shop: Origin): Promise<{ readonly id: string; readonly publicKey: PublicKey }> {
  const known = await findWidgetIdentity(COMPANY_ID, SLUG);
  const publicKey = known?.activeKeys[0] ?? createRandomKey();
  const widget: Widget = {
    id: known?.id ?? randomUUID(),
    companyId: COMPANY_ID,
    slug: SLUG,
    configuration: DEMO_CONFIGURATION,
    allowlist: [shop],
    keys: [{ publicKey, state: 'active' }],
    assistant: { instructions: INSTRUCTIONS, temperature: 0.2 },
  };
  await saveWidget(widget);
  return { id: widget.id, publicKey };
}

function createRandomKey(): PublicKey {
  const characters = Array.from({ length: 22 }, () => KEY_ALPHABET.charAt(randomInt(KEY_ALPHABET.length)));
  return createPublicKey(characters.join(''));
}
