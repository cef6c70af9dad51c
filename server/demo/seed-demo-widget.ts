import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import { diffSettings } from '../../shared/settings-change.ts';
import { findAdminWidget } from '../domain/admin-widget.ts';
import { type SaveParts, saveSettings } from '../domain/settings-save.ts';
import { readSettings } from '../domain/settings-versions.ts';
import { DEMO_SETTINGS } from './demo-settings.ts';
import { SEED } from './seed.ts';

/**
 * The demo widget, on the shop and nowhere else. Its id and its public key are made at the first start and kept, so that
 * conversations and snippets stay valid. Its settings follow the code and the configuration until somebody else saves.
 */
export async function seedDemoWidget(
  shop: Origin,
  parts: SaveParts,
): Promise<{ readonly id: string; readonly publicKey: PublicKey }> {
  const { version, settings, savedBy } = await readSettings(SEED, parts.widgetOrigin);
  const wanted = { ...DEMO_SETTINGS, allowlist: [shop] };
  const isOurs = savedBy === undefined || savedBy.subject === SEED.subject;
  if (isOurs && (version === 0 || diffSettings(settings, wanted).length > 0)) {
    await saveSettings(SEED, { expectedVersion: version, settings: wanted, note: 'As the demo has it' }, parts);
  }
  const widget = await findAdminWidget(SEED);
  const publicKey = widget?.keys.find(({ state }) => state === 'active')?.publicKey;
  if (widget === undefined || publicKey === undefined) throw new Error('The demo widget has no active key');
  return { id: widget.id, publicKey };
}
