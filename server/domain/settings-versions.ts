import type { Origin } from '../../shared/origin.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';
import type { SavedVersion, SettingsAnswer, SettingsDiff, VersionList } from '../../shared/settings-api.ts';
import { diffSettings } from '../../shared/settings-change.ts';
import { AppError } from '../errors.ts';
import { findVersion, findVersions, type SettingsVersion } from '../store/settings-versions.ts';
import type { AdminCaller } from './admin-caller.ts';
import { findAdminWidget, requireAdminWidget } from './admin-widget.ts';
import { answerSettings, toListedVersion, toSavedVersion } from './settings-answer.ts';
import type { Widget } from './widget.ts';

/** The current settings; of a widget that was never saved those it would be born with, at version 0. */
export async function readSettings(caller: AdminCaller, widgetOrigin: Origin): Promise<SettingsAnswer> {
  const widget = await findAdminWidget(caller);
  const saved = widget && (await findVersion(widget.id, widget.version));
  return answerSettings(caller, { widget, saved, widgetOrigin });
}

/** A page of the versions, newest first, without their settings. */
export async function listVersions(
  caller: AdminCaller,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<VersionList> {
  const { id } = await requireAdminWidget(caller);
  const versions = await findVersions(id, page);
  const last = versions.at(-1)?.version ?? 1;
  return { versions: versions.map(toListedVersion), next: versions.length === page.limit && last > 1 ? last : null };
}

export async function readVersion(caller: AdminCaller, version: number): Promise<SavedVersion> {
  return toSavedVersion(await requireVersion(await requireAdminWidget(caller), version));
}

/** What leads from version `from` to version `to`. Version 0 is what a widget is born with. */
export async function diffVersions(
  caller: AdminCaller,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<SettingsDiff> {
  const widget = await requireAdminWidget(caller);
  const settingsOf = async (version: number): Promise<Settings> =>
    version === 0 ? DEFAULT_SETTINGS : (await requireVersion(widget, version)).settings;
  return { from, to, changes: [...diffSettings(await settingsOf(from), await settingsOf(to))] };
}

/** Throws AppError `SETTINGS_VERSION_NOT_FOUND` if there is none of this number. */
export async function requireVersion({ id }: Widget, version: number): Promise<SettingsVersion> {
  const found = await findVersion(id, version);
  if (found !== undefined) return found;
  throw new AppError('SETTINGS_VERSION_NOT_FOUND', { message: `There is no version "${version}" of these settings` });
}
