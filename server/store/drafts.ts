import { randomUUID } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import { isDuplicateKey } from './store-error.ts';

/** Whose draft it is, and of which widget. A draft needs no widget yet: the first save makes one. */
export type DraftPlace = {
  readonly companyId: string;
  readonly widgetSlug: string;
  /** Who it is, as the company's login calls them. */
  readonly subject: string;
};

/** Settings that somebody is editing, valid or not. */
export type Draft = DraftPlace & {
  /** Of this draft: who deletes it and begins again has another. */
  readonly id: string;
  /** The version the edit began from. */
  readonly baseVersion: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly savedAt: Date;
  readonly expireAt: Date;
};

const draftSchema = new Schema(
  {
    _id: { type: String, required: true },
    companyId: { type: String, required: true },
    widgetSlug: { type: String, required: true },
    subject: { type: String, required: true },
    baseVersion: { type: Number, required: true },
    /** JSON: what is being edited may have names that mean something to the store. */
    settings: { type: String, required: true },
    savedAt: { type: Date, required: true },
    expireAt: { type: Date, required: true },
  },
  { collection: 'widget_drafts', versionKey: false, strict: 'throw' },
);
draftSchema.index({ companyId: 1, widgetSlug: 1, subject: 1 }, { unique: true });
draftSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

/** One draft for each admin and widget; gone when nobody has saved it for long. */
export const DraftModel = model('Draft', draftSchema);

const storedSchema = v.pipe(
  v.object({
    _id: v.string(),
    companyId: v.string(),
    widgetSlug: v.string(),
    subject: v.string(),
    baseVersion: v.number(),
    settings: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())),
    savedAt: v.date(),
    expireAt: v.date(),
  }),
  v.transform(({ _id, ...draft }): Draft => ({ id: _id, ...draft })),
);

/** The draft at `place`, unless it has expired by `now`. */
export async function findDraft(place: DraftPlace, now: Date): Promise<Draft | undefined> {
  return toDraft(await DraftModel.findOne({ ...place, expireAt: trusted({ $gt: now }) }).lean());
}

/** The draft of this id, unless it is gone or has expired by `now`. */
export async function findDraftById(id: string, now: Date): Promise<Draft | undefined> {
  return toDraft(await DraftModel.findOne({ _id: id, expireAt: trusted({ $gt: now }) }).lean());
}

/** Writes the draft over the one at its place; it keeps that one's id unless that has expired. */
export async function putDraft({ savedAt, expireAt, ...draft }: Omit<Draft, 'id'>): Promise<void> {
  const { companyId, widgetSlug, subject } = draft;
  const place = { companyId, widgetSlug, subject };
  await DraftModel.deleteOne({ ...place, expireAt: trusted({ $lte: savedAt }) });
  const content = {
    baseVersion: draft.baseVersion,
    settings: JSON.stringify(draft.settings),
    savedAt,
    expireAt,
  };
  const write = () =>
    DraftModel.updateOne(place, { $set: content, $setOnInsert: { _id: randomUUID() } }, { upsert: true });
  // Two first saves at once: the second finds the draft of the first.
  await write().catch((error) => (isDuplicateKey(error) ? write() : Promise.reject(error)));
}

/** Deletes the draft at `place`, if there is one. */
export async function dropDraft(place: DraftPlace): Promise<void> {
  await DraftModel.deleteOne(place);
}

function toDraft(document: unknown): Draft | undefined {
  return document === null ? undefined : v.parse(storedSchema, document);
}
