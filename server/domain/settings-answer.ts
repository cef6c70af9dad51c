import type { Origin } from '../../shared/origin.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { SavedVersion, SettingsAnswer, VersionList } from '../../shared/settings-api.ts';
import type { SettingsVersion } from '../store/settings-versions.ts';
import { type AdminCaller, actorOf } from './admin-caller.ts';
import { findWarnings } from './settings-warnings.ts';
import type { Widget, WidgetKey } from './widget.ts';

type Current = {
  /** Absent if the company has none of this name. */
  readonly widget: Widget | undefined;
  /** The version the widget's settings are from; absent before anything was saved. */
  readonly saved: SettingsVersion | undefined;
  readonly widgetOrigin: Origin;
};

/** The settings as an admin gets them. */
export function answerSettings(caller: AdminCaller, { widget, saved, widgetOrigin }: Current): SettingsAnswer {
  const settings = widget?.settings ?? DEFAULT_SETTINGS;
  return {
    widget: caller.widgetSlug,
    version: widget?.version ?? 0,
    settings,
    ...(saved && { savedAt: saved.savedAt.toISOString(), savedBy: saved.savedBy, note: saved.note }),
    publicKeys: (widget?.keys ?? []).map(toKeyState),
    warnings: [...findWarnings(settings, widgetOrigin)],
    you: actorOf(caller),
  };
}

/** A version, whole, as an admin gets it. */
export function toSavedVersion(version: SettingsVersion): SavedVersion {
  return { ...toVersionFields(version), settings: version.settings };
}

/** A version in a list. */
export function toListedVersion(version: Omit<SettingsVersion, 'settings'>): VersionList['versions'][number] {
  return { ...toVersionFields(version), sections: [...version.sections] };
}

function toVersionFields({ version, savedAt, savedBy, note, restoredFrom }: Omit<SettingsVersion, 'settings'>) {
  return {
    version,
    savedAt: savedAt.toISOString(),
    savedBy,
    note,
    ...(restoredFrom !== undefined && { restoredFrom }),
  };
}

function toKeyState({ publicKey, state, retiringUntil }: WidgetKey): SettingsAnswer['publicKeys'][number] {
  return { publicKey, state, ...(retiringUntil && { retiringUntil: retiringUntil.toISOString() }) };
}
