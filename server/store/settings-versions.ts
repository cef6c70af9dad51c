import { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import type { Settings } from '../../shared/settings.ts';
import { type Actor, actorSchema } from '../../shared/settings-api.ts';
import { isDuplicateKey } from './store-error.ts';
import { parseStoredSettings } from './stored-settings.ts';

const versionSchema = new Schema(
  {
    widgetId: { type: String, required: true },
    version: { type: Number, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    savedAt: { type: Date, required: true },
    savedBy: { type: { _id: false, subject: String, role: String }, required: true },
    note: { type: String, default: '' },
    restoredFrom: Number,
    sections: { type: [String], required: true },
  },
  { collection: 'widget_settings_versions', versionKey: false, minimize: false, strict: 'throw' },
);
versionSchema.index({ widgetId: 1, version: 1 }, { unique: true });

/** Every version of the settings of every widget, whole and never changed. */
export const SettingsVersionModel = model('SettingsVersion', versionSchema);

export type SettingsVersion = {
  readonly widgetId: string;
  /** 1, 2, 3 and so on within a widget. */
  readonly version: number;
  readonly settings: Settings;
  readonly savedAt: Date;
  readonly savedBy: Actor;
  readonly note: string;
  /** The version it is a copy of. */
  readonly restoredFrom?: number;
  /** The parts of the settings that are not as in the version before. */
  readonly sections: readonly string[];
};

const storedSchema = v.object({
  widgetId: v.string(),
  version: v.number(),
  settings: v.pipe(v.unknown(), v.transform(parseStoredSettings)),
  savedAt: v.date(),
  savedBy: actorSchema,
  note: v.string(),
  restoredFrom: v.exactOptional(v.number()),
  sections: v.array(v.string()),
});

/**
 * Writes the version, unless there is one with its number: of many writers at once exactly one is answered `true`. This
 * insert is what commits a save; everything else about it follows and can be made good later.
 */
export async function insertVersion(version: SettingsVersion): Promise<boolean> {
  try {
    await SettingsVersionModel.create({ ...version, sections: [...version.sections] });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findVersion(widgetId: string, version: number): Promise<SettingsVersion | undefined> {
  return toVersion(await SettingsVersionModel.findOne({ widgetId, version }, { _id: 0 }).lean());
}

/** The newest version, if it is newer than `known`. */
export async function findNewerVersion(widgetId: string, known: number): Promise<SettingsVersion | undefined> {
  const filter = { widgetId, version: trusted({ $gt: known }) };
  return toVersion(await SettingsVersionModel.findOne(filter, { _id: 0 }).sort({ version: -1 }).lean());
}

/** Versions without their settings, newest first, those before `before` if it is given. */
export async function findVersions(
  widgetId: string,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly Omit<SettingsVersion, 'settings'>[]> {
  const filter = { widgetId, ...(before !== undefined && { version: trusted({ $lt: before }) }) };
  const documents = await SettingsVersionModel.find(filter, { _id: 0, settings: 0 })
    .sort({ version: -1 })
    .limit(limit)
    .lean();
  return v.parse(v.array(v.omit(storedSchema, ['settings'])), documents);
}

function toVersion(document: unknown): SettingsVersion | undefined {
  return document === null ? undefined : v.parse(storedSchema, document);
}
