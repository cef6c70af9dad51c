import {
  type AuditAct,
  type AuditLog,
  type AuditVerification,
  auditLogSchema,
  auditVerificationSchema,
} from '../../../shared/audit-api.ts';
import {
  type SettingsDiff,
  settingsDiffSchema,
  type VersionList,
  versionListSchema,
} from '../../../shared/settings-api.ts';
import type { AdminApi } from './admin-api.ts';

/** Versions before `before`, newest first. */
export function listVersions(api: AdminApi, before: number | undefined): Promise<VersionList> {
  return api.ask({ method: 'GET', path: '/settings/versions', query: { before } }, versionListSchema);
}

/** What leads from version `from` to version `to`; 0 is what a widget is born with. */
export function compareVersions(api: AdminApi, from: number, to: number): Promise<SettingsDiff> {
  return api.ask(
    { method: 'GET', path: `/settings/versions/${to}/diff`, query: { against: from } },
    settingsDiffSchema,
  );
}

export type AuditFilter = {
  readonly act: AuditAct | undefined;
  readonly actor: string | undefined;
  /** ISO moments; `to` is excluded. */
  readonly from: string | undefined;
  readonly to: string | undefined;
};

/** What admins did, newest first. */
export function listAuditEntries(api: AdminApi, filter: AuditFilter, before: number | undefined): Promise<AuditLog> {
  return api.ask({ method: 'GET', path: '/audit-log', query: { ...filter, before } }, auditLogSchema);
}

/** Whether the log is as it was written. */
export function verifyAuditLog(api: AdminApi): Promise<AuditVerification> {
  return api.ask({ method: 'GET', path: '/audit-log/verification' }, auditVerificationSchema);
}
