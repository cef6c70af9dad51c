import { model, Schema } from 'mongoose';
import * as v from 'valibot';
import { isAllowlistEntry } from '../../shared/allowlist.ts';
import { configurationSchema } from '../../shared/configuration.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import type { Widget } from '../domain/widget.ts';

const keySchema = new Schema(
  {
    publicKey: { type: String, required: true },
    state: { type: String, enum: ['active', 'retiring', 'revoked'], required: true },
    retiringUntil: Date,
  },
  { _id: false },
);

const widgetSettingsSchema = new Schema(
  {
    _id: { type: String, required: true },
    companyId: { type: String, required: true },
    slug: { type: String, required: true },
    configuration: { type: Schema.Types.Mixed, required: true },
    allowlist: { type: [String], required: true },
    keys: { type: [keySchema], required: true },
    assistant: {
      _id: false,
      type: { instructions: String, temperature: Number },
      required: true,
    },
  },
  { collection: 'widget_settings', timestamps: true, versionKey: false, minimize: false },
);
widgetSettingsSchema.index({ companyId: 1, slug: 1 }, { unique: true });
widgetSettingsSchema.index({ 'keys.publicKey': 1 }, { unique: true });

/** The current settings of every widget; the id is a UUID. */
export const WidgetSettingsModel = model('WidgetSettings', widgetSettingsSchema);

/** What a stored document has to be, parsed whole: settings written by another version may differ. */
const widgetSchema = v.object({
  _id: v.string(),
  companyId: v.string(),
  slug: v.string(),
  configuration: configurationSchema,
  allowlist: v.array(v.custom<string>((entry) => typeof entry === 'string' && isAllowlistEntry(entry))),
  keys: v.array(
    v.object({
      publicKey: v.custom<PublicKey>((key) => parsePublicKey(key) !== undefined),
      state: v.picklist(['active', 'retiring', 'revoked']),
      retiringUntil: v.exactOptional(v.date()),
    }),
  ),
  assistant: v.object({ instructions: v.string(), temperature: v.number() }),
});

/** The widget that has this key in any state. Throws a ValiError if the stored settings are not whole. */
export async function findWidgetByKey(publicKey: PublicKey): Promise<Widget | undefined> {
  return toWidget(await WidgetSettingsModel.findOne({ 'keys.publicKey': publicKey }).lean());
}

/** What stays the same of the widget a company calls `slug`, however its settings change. */
export async function findWidgetIdentity(
  companyId: string,
  slug: string,
): Promise<{ readonly id: string; readonly activeKeys: readonly PublicKey[] } | undefined> {
  const document = await WidgetSettingsModel.findOne({ companyId, slug }, { keys: 1 }).lean();
  if (document === null) return undefined;
  const keys = document.keys
    .filter(({ state }) => state === 'active')
    .map(({ publicKey }) => parsePublicKey(publicKey));
  return { id: document._id, activeKeys: keys.filter((key) => key !== undefined) };
}

/** Writes the widget's settings whole, in place of those it has. */
export async function saveWidget({ id, ...settings }: Widget): Promise<void> {
  await WidgetSettingsModel.replaceOne({ _id: id }, { _id: id, ...settings }, { upsert: true, runValidators: true });
}

function toWidget(document: unknown): Widget | undefined {
  if (document === null) return undefined;
  const { _id, ...settings } = v.parse(widgetSchema, document);
  return { id: _id, ...settings };
}
