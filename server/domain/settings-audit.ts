import type { Clock } from '../gateways/clock.ts';
import { findLastLoggedVersion } from '../store/audit-log.ts';
import { findVersion } from '../store/settings-versions.ts';
import { tryAppend } from './audit-log.ts';

/**
 * Writes every settings version that is not in the audit log yet into it. To be called after a save and before the log is
 * read: a process that ended between the two leaves nothing out. On many processes at once each version is logged once.
 */
export async function logSettingsVersions(widgetId: string, clock: Clock): Promise<void> {
  for (;;) {
    const settingsVersion = (await findLastLoggedVersion(widgetId)) + 1;
    const version = await findVersion(widgetId, settingsVersion);
    if (version === undefined) return;
    const { savedBy: actor, savedAt: at, sections, restoredFrom } = version;
    const act = restoredFrom === undefined ? 'settings-saved' : 'settings-restored';
    const details = { settingsVersion, sections, restoredFrom };
    await tryAppend({ widgetId, actor, at, act, details }, clock);
  }
}
