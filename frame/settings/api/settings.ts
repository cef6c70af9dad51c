import {
  type SavedSettingsAnswer,
  type SavedVersion,
  type SettingsAnswer,
  savedSettingsAnswerSchema,
  savedVersionSchema,
  settingsAnswerSchema,
} from '../../../shared/settings-api.ts';
import type { AdminApi } from './admin-api.ts';

export function getSettings(api: AdminApi): Promise<SettingsAnswer> {
  return api.ask({ method: 'GET', path: '/settings' }, settingsAnswerSchema);
}

type Save = {
  /** The version the edit began from. */
  readonly expectedVersion: number;
  /** Checked by the server; whatever was typed. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly note: string;
};

/** Throws `SETTINGS_CONFLICT` with both sides if somebody saved since, `INVALID_REQUEST` with every problem. */
export function saveSettings(api: AdminApi, body: Save, withdrawal?: AbortSignal): Promise<SavedSettingsAnswer> {
  const call = { method: 'POST', path: '/settings', body } as const;
  return api.ask(withdrawal === undefined ? call : { ...call, withdrawal }, savedSettingsAnswerSchema);
}

export function getVersion(api: AdminApi, version: number): Promise<SavedVersion> {
  return api.ask({ method: 'GET', path: `/settings/versions/${version}` }, savedVersionSchema);
}

/** Makes a new version out of an old one. */
export function restoreVersion(
  api: AdminApi,
  version: number,
  body: { readonly expectedVersion: number; readonly note: string },
): Promise<SavedSettingsAnswer> {
  return api.ask({ method: 'POST', path: `/settings/versions/${version}/restore`, body }, savedSettingsAnswerSchema);
}
