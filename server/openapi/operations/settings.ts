import { API_BASE } from '../../../shared/api-path.ts';
import {
  restoreSettingsRequestSchema,
  savedSettingsAnswerSchema,
  savedVersionSchema,
  settingsAnswerSchema,
  settingsConflictSchema,
  settingsDiffSchema,
  settingsRefusalSchema,
  settingsVersionSchema,
  versionListSchema,
} from '../../../shared/settings-api.ts';
import { checkedSiteSchema, checkSiteRequestSchema } from '../../../shared/site-check-api.ts';
import { diffQueryEntries, versionPageEntries } from '../../http/routes/settings-versions.ts';
import { wholeSaveSettingsRequestSchema } from '../components.ts';
import { explainQuery, type OperationDocs } from '../operation.ts';

const BASE = `${API_BASE}/settings`;
const version = { schema: settingsVersionSchema, about: 'The number of the version.' };
const refusals = { INVALID_REQUEST: settingsRefusalSchema, SETTINGS_CONFLICT: settingsConflictSchema };

/** The routes of `settings.ts` and `settings-versions.ts`. */
export const SETTINGS_OPERATIONS: OperationDocs = {
  [`GET ${BASE}`]: {
    id: 'readSettings',
    summary: 'Read the current settings',
    about: 'With the keys of the snippet, warnings, and who asks. A widget that was never saved has version 0.',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:read',
    answers: { 200: { about: 'The settings.', schema: settingsAnswerSchema } },
  },
  [`POST ${BASE}`]: {
    id: 'saveSettings',
    summary: 'Save the settings as a new version',
    about:
      'The settings are sent whole. What has changed decides which permissions are needed beside the first. A widget that ' +
      'does not exist is made by an owner who saves with `expectedVersion` 0. The same save again has the same answer.',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:write',
    body: { schema: wholeSaveSettingsRequestSchema },
    answers: { 200: { about: 'Saved.', schema: savedSettingsAnswerSchema } },
    errors: ['SETTINGS_CONFLICT'],
    errorSchemas: refusals,
  },
  [`POST ${BASE}/check-site`]: {
    id: 'checkSite',
    summary: 'Check one line of the allowlist',
    about: 'What the line would be kept as, or the reason why it cannot be one. Nothing is saved.',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:read',
    body: { schema: checkSiteRequestSchema },
    answers: { 200: { about: 'What was found.', schema: checkedSiteSchema } },
  },
  [`GET ${BASE}/versions`]: {
    id: 'listSettingsVersions',
    summary: 'List what was saved, newest first',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:read',
    query: explainQuery(versionPageEntries, {
      before: 'Only versions before this one: `next` of the page before.',
      limit: 'How many at most.',
    }),
    answers: { 200: { about: 'A page of versions, without their settings.', schema: versionListSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`GET ${BASE}/versions/:version`]: {
    id: 'readSettingsVersion',
    summary: 'Read one version whole',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:read',
    path: { version },
    answers: { 200: { about: 'The version, which never changes.', schema: savedVersionSchema } },
    errors: ['WIDGET_NOT_FOUND', 'SETTINGS_VERSION_NOT_FOUND'],
  },
  [`GET ${BASE}/versions/:version/diff`]: {
    id: 'compareSettingsVersions',
    summary: 'Compare a version with an earlier one',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:read',
    path: { version },
    query: explainQuery(diffQueryEntries, { against: 'The version to start from; the one before, if not given.' }),
    answers: { 200: { about: 'What leads from one to the other.', schema: settingsDiffSchema } },
    errors: ['WIDGET_NOT_FOUND', 'SETTINGS_VERSION_NOT_FOUND'],
  },
  [`POST ${BASE}/versions/:version/restore`]: {
    id: 'restoreSettingsVersion',
    summary: 'Save an old version as a new one',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:restore',
    path: { version },
    body: { schema: restoreSettingsRequestSchema },
    answers: { 200: { about: 'Saved.', schema: savedSettingsAnswerSchema } },
    errors: ['WIDGET_NOT_FOUND', 'SETTINGS_VERSION_NOT_FOUND', 'SETTINGS_CONFLICT'],
    errorSchemas: refusals,
  },
};
