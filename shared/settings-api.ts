import * as v from 'valibot';
import { apiErrorSchema } from './api-error.ts';
import { ROLES } from './permission.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import { settingsSchema } from './settings.ts';
import { settingsChangeSchema } from './settings-change.ts';

/** The widget's name within its company, in `?widget=`. */
export const DEFAULT_WIDGET_SLUG = 'main';
export const widgetSlugSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'a widget such as "main": a-z, 0-9 and -, at most 40'),
);

/** A settings version; 0 before anything was saved. */
export const settingsVersionSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1));

const momentSchema = v.pipe(v.string(), v.isoTimestamp());
const noteSchema = v.pipe(v.string(), v.trim(), v.maxLength(500), v.regex(/^\P{Cs}*$/u, 'text of whole characters'));

export const actorSchema = v.strictObject({
  /** The `sub` of the token. */
  subject: v.string(),
  role: v.picklist(ROLES),
});
export type Actor = v.InferOutput<typeof actorSchema>;

const savedFields = {
  version: settingsVersionSchema,
  savedAt: momentSchema,
  savedBy: actorSchema,
  note: v.string(),
  /** The version it is a copy of, when it was made by a restore. */
  restoredFrom: v.optional(settingsVersionSchema),
};

/** `GET /settings/versions/:version`. A version never changes. */
export const savedVersionSchema = v.strictObject({ ...savedFields, settings: settingsSchema });
export type SavedVersion = v.InferOutput<typeof savedVersionSchema>;

/** Something an admin should know about settings that are valid all the same. */
export const settingsWarningSchema = v.strictObject({
  code: v.picklist(['LOW_CONTRAST', 'NO_SITES', 'SAME_SITE']),
  /** Where, such as `theme.primary` or `allowlist.2`. */
  field: v.string(),
  message: v.string(),
  /** A value that would end it. */
  suggestion: v.optional(v.string()),
});
export type SettingsWarning = v.InferOutput<typeof settingsWarningSchema>;

export const publicKeyStateSchema = v.strictObject({
  publicKey: v.custom<PublicKey>((key) => parsePublicKey(key) !== undefined),
  state: v.picklist(['active', 'retiring', 'revoked']),
  retiringUntil: v.optional(momentSchema),
});

const currentFields = {
  /** The widget's name within its company. */
  widget: widgetSlugSchema,
  version: settingsVersionSchema,
  settings: settingsSchema,
  /** Absent at version 0: nothing was saved yet, and these are the settings a widget is born with. */
  savedAt: v.optional(momentSchema),
  savedBy: v.optional(actorSchema),
  note: v.optional(v.string()),
  publicKeys: v.array(publicKeyStateSchema),
  warnings: v.array(settingsWarningSchema),
};

/** `GET /settings` */
export const settingsAnswerSchema = v.strictObject({
  ...currentFields,
  /** Whoever asks, as their token says. */
  you: actorSchema,
});
export type SettingsAnswer = v.InferOutput<typeof settingsAnswerSchema>;

/**
 * `POST /settings`. The settings are checked one by one by `settingsSchema`, after the sites were brought into the form
 * they are kept in; so here they may be anything.
 */
export const saveSettingsRequestSchema = v.strictObject({
  /** The version the edit began from. */
  expectedVersion: settingsVersionSchema,
  settings: v.record(v.string(), v.unknown()),
  note: v.optional(noteSchema, ''),
});

/** `POST /settings/versions/:version/restore` */
export const restoreSettingsRequestSchema = v.strictObject({
  expectedVersion: settingsVersionSchema,
  note: v.optional(noteSchema, ''),
});

/** The answer of both. */
export const savedSettingsAnswerSchema = v.strictObject({
  ...currentFields,
  you: actorSchema,
  /** Sites that are kept in another form than they were typed in. */
  normalised: v.array(v.strictObject({ typed: v.string(), saved: v.string() })),
});
export type SavedSettingsAnswer = v.InferOutput<typeof savedSettingsAnswerSchema>;

/** `GET /settings/versions?before=&limit=`, newest first. */
export const versionListSchema = v.strictObject({
  versions: v.array(
    v.strictObject({
      ...savedFields,
      /** The parts of the settings that changed. */
      sections: v.array(v.string()),
    }),
  ),
  /** For `before`, if there are older ones. */
  next: v.nullable(settingsVersionSchema),
});
export type VersionList = v.InferOutput<typeof versionListSchema>;

/** `GET /settings/versions/:version/diff?against=` */
export const settingsDiffSchema = v.strictObject({
  from: settingsVersionSchema,
  to: settingsVersionSchema,
  changes: v.array(settingsChangeSchema),
});
export type SettingsDiff = v.InferOutput<typeof settingsDiffSchema>;

/** The answer `INVALID_REQUEST` to settings that cannot be saved: everything that is wrong, in the order it was found. */
export const settingsRefusalSchema = v.strictObject({
  ...apiErrorSchema.entries,
  problems: v.array(v.strictObject({ field: v.string(), message: v.string() })),
});
export type SettingsProblem = v.InferOutput<typeof settingsRefusalSchema>['problems'][number];

/** The answer `SETTINGS_CONFLICT`: somebody else saved since. Absent versions are 0. */
export const settingsConflictSchema = v.strictObject({
  ...apiErrorSchema.entries,
  conflict: v.strictObject({
    /** The version the edit began from, and what it was; absent if there never was one. */
    expectedVersion: settingsVersionSchema,
    expected: v.optional(savedVersionSchema),
    currentVersion: settingsVersionSchema,
    current: v.optional(savedVersionSchema),
  }),
});
export type SettingsConflict = v.InferOutput<typeof settingsConflictSchema>['conflict'];
