import { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import { KEY_STATES, SECRET_KEY_TARGETS } from '../../shared/keys-api.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';
import type { Widget } from '../domain/widget.ts';
import { isDuplicateKey } from './store-error.ts';
import { parseStoredSettings } from './stored-settings.ts';

const keySchema = new Schema(
  {
    publicKey: { type: String, required: true },
    state: { type: String, enum: KEY_STATES, required: true },
    retiringUntil: Date,
  },
  { _id: false },
);

const secretKeySchema = new Schema(
  {
    id: { type: String, required: true },
    target: { type: String, enum: SECRET_KEY_TARGETS, required: true },
    state: { type: String, enum: KEY_STATES, required: true },
    retiringUntil: Date,
    sealed: { type: String, required: true },
  },
  { _id: false, id: false },
);

const widgetSettingsSchema = new Schema(
  {
    _id: { type: String, required: true },
    companyId: { type: String, required: true },
    slug: { type: String, required: true },
    /** The number and the content of the newest version, copied from `widget_settings_versions`. */
    version: { type: Number, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    keys: { type: [keySchema], required: true },
    secretKeys: { type: [secretKeySchema], required: true },
    keysRevision: { type: Number, required: true },
  },
  { collection: 'widget_settings', timestamps: true, versionKey: false, minimize: false },
);
widgetSettingsSchema.index({ companyId: 1, slug: 1 }, { unique: true });
widgetSettingsSchema.index({ 'keys.publicKey': 1 }, { unique: true });

/** Every widget with its keys and its current settings; the id is a UUID. */
export const WidgetSettingsModel = model('WidgetSettings', widgetSettingsSchema);

const keyLife = { state: v.picklist(KEY_STATES), retiringUntil: v.exactOptional(v.date()) };

/** What a stored document has to be, parsed whole: one written by another release may differ. */
const widgetSchema = v.pipe(
  v.object({
    _id: v.string(),
    companyId: v.string(),
    slug: v.string(),
    version: v.optional(v.number(), 0),
    // Absent in documents from before versions were kept: such a widget is as good as new.
    settings: v.optional(v.pipe(v.unknown(), v.transform(parseStoredSettings)), DEFAULT_SETTINGS),
    keys: v.array(
      v.object({
        publicKey: v.custom<PublicKey>((key) => parsePublicKey(key) !== undefined),
        ...keyLife,
      }),
    ),
    secretKeys: v.optional(
      v.array(v.object({ id: v.string(), target: v.picklist(SECRET_KEY_TARGETS), sealed: v.string(), ...keyLife })),
      [],
    ),
    keysRevision: v.optional(v.number(), 0),
  }),
  v.transform(({ _id, ...widget }): Widget => ({ id: _id, ...widget })),
);

/** The widget that has this key in any state. Throws a ValiError if what is stored is not whole. */
export async function findWidgetByKey(publicKey: PublicKey): Promise<Widget | undefined> {
  return toWidget(await WidgetSettingsModel.findOne({ 'keys.publicKey': publicKey }).lean());
}

/** The widget a company calls `slug`. */
export async function findWidgetBySlug(companyId: string, slug: string): Promise<Widget | undefined> {
  return toWidget(await WidgetSettingsModel.findOne({ companyId, slug }).lean());
}

const listedSchema = v.object({
  companyId: v.string(),
  slug: v.string(),
  settings: v.optional(v.object({ allowlist: v.optional(v.array(v.string()), []) }), {}),
});

/** The sites of every widget as they are stored, at most `most` widgets. */
export async function listAllowlists(most: number) {
  const documents = await WidgetSettingsModel.find({}, { companyId: 1, slug: 1, 'settings.allowlist': 1 })
    .sort({ companyId: 1, slug: 1 })
    .limit(most)
    .lean();
  return documents.map((document) => {
    const { companyId, slug, settings } = v.parse(listedSchema, document);
    return { companyId, slug, allowlist: settings.allowlist };
  });
}

/** Writes a new widget, unless the company has one of this name: of many writers at once exactly one is answered `true`. */
export async function insertWidget({ id, keys, secretKeys, ...widget }: Widget): Promise<boolean> {
  try {
    await WidgetSettingsModel.create({ _id: id, ...widget, keys: [...keys], secretKeys: [...secretKeys] });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Makes a committed version the current one, unless the widget is already that far. */
export async function followVersion(
  widgetId: string,
  { version, settings }: { readonly version: number; readonly settings: Settings },
): Promise<void> {
  const isBehind = { $or: [{ version: trusted({ $lt: version }) }, { version: trusted({ $exists: false }) }] };
  await WidgetSettingsModel.updateOne({ _id: widgetId, ...isBehind }, { $set: { version, settings } });
}

const retentionsSchema = v.array(
  v.object({ _id: v.string(), settings: v.object({ retention: v.object({ days: v.number() }) }) }),
);

/** The widgets that do not keep conversations forever, and for how many days they do. */
export async function findRetentions(): Promise<readonly { readonly widgetId: string; readonly days: number }[]> {
  const documents = await WidgetSettingsModel.find(
    { 'settings.retention.kind': 'days' },
    { 'settings.retention': 1 },
  ).lean();
  return v
    .parse(retentionsSchema, documents)
    .map(({ _id: widgetId, settings }) => ({ widgetId, days: settings.retention.days }));
}

function toWidget(document: unknown): Widget | undefined {
  return document === null ? undefined : v.parse(widgetSchema, document);
}
