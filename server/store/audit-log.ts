import { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import { type AuditAct, type AuditEntry, auditEntrySchema } from '../../shared/audit-api.ts';
import { isDuplicateKey } from './store-error.ts';

const entrySchema = new Schema(
  {
    widgetId: { type: String, required: true },
    seq: { type: Number, required: true },
    /** ISO 8601, as it was hashed. */
    at: { type: String, required: true },
    actor: { type: { _id: false, subject: String, role: String }, required: true },
    act: { type: String, required: true },
    details: { type: Schema.Types.Mixed, required: true },
    previousHash: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'widget_audit_log', versionKey: false, minimize: false, strict: 'throw' },
);
entrySchema.index({ widgetId: 1, seq: 1 }, { unique: true });
// Each settings version is logged once, whoever notices that it is missing.
entrySchema.index(
  { widgetId: 1, 'details.settingsVersion': 1 },
  { unique: true, partialFilterExpression: { 'details.settingsVersion': { $exists: true } } },
);

/** Every act of an admin, of every widget, each entry chained to the one before by its hash. */
export const AuditEntryModel = model('AuditEntry', entrySchema);

/** Which entries to read. Times are ISO 8601, `to` excluded. */
export type AuditFilter = {
  readonly act?: AuditAct | undefined;
  readonly actor?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only entries with smaller numbers. */
  readonly before?: number | undefined;
};

/** Writes the entry, unless its number is taken or its settings version is logged: answers whether it did. */
export async function insertEntry(entry: AuditEntry): Promise<boolean> {
  try {
    await AuditEntryModel.create(entry);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** The newest entry of the widget, as it is stored. */
export async function findLastEntry(widgetId: string): Promise<AuditEntry | undefined> {
  const [entry] = await findEntries(widgetId, { limit: 1 });
  return entry;
}

/** The newest settings version that is in the log; 0 if none is. */
export async function findLastLoggedVersion(widgetId: string): Promise<number> {
  const filter = { widgetId, 'details.settingsVersion': trusted({ $exists: true }) };
  const entry = await AuditEntryModel.findOne(filter, { details: 1 }).sort({ 'details.settingsVersion': -1 }).lean();
  return (
    v.parse(v.optional(v.object({ details: v.object({ settingsVersion: v.number() }) })), entry ?? undefined)?.details
      .settingsVersion ?? 0
  );
}

/** Entries that match, newest first. */
export async function findEntries(
  widgetId: string,
  { limit, act, actor, from, to, before }: AuditFilter & { readonly limit: number },
): Promise<readonly AuditEntry[]> {
  const at = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) };
  const filter = {
    widgetId,
    ...(act !== undefined && { act }),
    ...(actor !== undefined && { 'actor.subject': actor }),
    ...(Object.keys(at).length > 0 && { at: trusted(at) }),
    ...(before !== undefined && { seq: trusted({ $lt: before }) }),
  };
  const documents = await AuditEntryModel.find(filter, { _id: 0 }).sort({ seq: -1 }).limit(limit).lean();
  return v.parse(v.array(auditEntrySchema), documents);
}

/** Every entry of the widget in order, read as it is asked for; what is stored is not checked. */
export async function* walkEntries(widgetId: string): AsyncIterable<unknown> {
  yield* AuditEntryModel.find({ widgetId }, { _id: 0 }).sort({ seq: 1 }).lean().cursor({ batchSize: 200 });
}
