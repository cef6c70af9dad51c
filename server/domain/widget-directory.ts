import { isAllowed } from '../../shared/allowlist.ts';
import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { findRevisions, revisionOf } from '../store/widget-keys.ts';
import { findWidgetByKey } from '../store/widget-settings.ts';
import { withNewestSettings } from './newest-settings.ts';
import { createRecentAnswers } from './recent-answers.ts';
import { isLiveKey, type Widget } from './widget.ts';

/** How long after a change in the store this process may still go by the settings from before. */
export const SETTINGS_MAX_AGE_MS = 5_000;
const REMEMBERED_WIDGETS = 10_000;

export type WidgetDirectory = {
  /** The widget of a live key. */
  findLive(publicKey: PublicKey): Promise<Widget | undefined>;
  /** The widget of a live key, if `origin` may embed it; `undefined` whatever the reason. */
  findEmbeddable(publicKey: PublicKey, origin: Origin): Promise<Widget | undefined>;
  /** The same for a session that was opened before: throws AppError `KEY_REVOKED` or `ORIGIN_NOT_ALLOWED`. */
  requireEmbeddable(publicKey: PublicKey, origin: Origin): Promise<Widget>;
  /** Forgets of these keys what is no longer so; costs one look into the store, however many they are. */
  refresh(publicKeys: readonly PublicKey[]): Promise<void>;
  /** Makes the next question about any widget go to the store. */
  forget(): void;
};

/** Answers which site may embed which widget, from settings that are at most five seconds old. */
export function createWidgetDirectory({
  widgetOrigin,
  clock,
}: {
  readonly widgetOrigin: Origin;
  readonly clock: Clock;
}): WidgetDirectory {
  const widgets = createRecentAnswers({
    ask: async (publicKey: PublicKey) => withNewestSettings(await findWidgetByKey(publicKey)),
    keyOf: (publicKey) => publicKey,
    maxAgeMs: SETTINGS_MAX_AGE_MS,
    maxEntries: REMEMBERED_WIDGETS,
    clock,
  });

  // A page on the widget origin could reach into the frame, so no allowlist can admit it.
  const mayEmbed = (widget: Widget, origin: Origin) =>
    origin !== widgetOrigin && isAllowed(origin, widget.settings.allowlist);

  async function findLive(publicKey: PublicKey): Promise<Widget | undefined> {
    const widget = await widgets.get(publicKey);
    return widget !== undefined && isLiveKey(widget, publicKey, clock.now()) ? widget : undefined;
  }

  return {
    findLive,
    async findEmbeddable(publicKey, origin) {
      const widget = await findLive(publicKey);
      return widget !== undefined && mayEmbed(widget, origin) ? widget : undefined;
    },
    async requireEmbeddable(publicKey, origin) {
      const widget = await findLive(publicKey);
      if (widget === undefined) throw new AppError('KEY_REVOKED');
      if (!mayEmbed(widget, origin)) throw new AppError('ORIGIN_NOT_ALLOWED');
      return widget;
    },
    async refresh(publicKeys) {
      const revisions = await findRevisions(publicKeys);
      const outdated = new Set<PublicKey>();
      for (const publicKey of publicKeys) {
        const known = await widgets.get(publicKey);
        if ((known && revisionOf(known)) !== revisions.get(publicKey)) outdated.add(publicKey);
      }
      widgets.forget((publicKey) => outdated.has(publicKey));
    },
    forget: () => widgets.forget(() => true),
  };
}
