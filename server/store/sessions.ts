import { model, Schema, trusted } from 'mongoose';
import { isDuplicateKey } from './store-error.ts';

const sessionSchema = new Schema(
  {
    /** The session's id: chosen when the ticket was made, so that the insert is what uses the ticket up. */
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    origin: { type: String, required: true },
    browserId: { type: String, required: true },
    /** The browser's id, until the visitor says who they are. */
    visitorId: { type: String, required: true },
    /** SHA-256 of each token that said so within this session, in hexadecimal. */
    identityHashes: { type: [String], default: undefined },
    startedAt: { type: Date, required: true },
    endedAt: Date,
    /** When no token of the session can be valid any more. */
    expireAt: { type: Date, required: true },
  },
  { collection: 'widget_sessions', versionKey: false },
);
sessionSchema.index({ browserId: 1 });
sessionSchema.index({ endedAt: 1 }, { sparse: true });
sessionSchema.index({ identityHashes: 1 }, { sparse: true });
sessionSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

/** Used tickets and live sessions. */
export const SessionModel = model('Session', sessionSchema);

export type NewSession = {
  readonly id: string;
  readonly widgetId: string;
  readonly origin: string;
  readonly browserId: string;
  readonly startedAt: Date;
  readonly expireAt: Date;
};

/** Writes the session, unless one with this id exists: of many writers at once exactly one is answered `true`. */
export async function insertSession({ id, ...session }: NewSession): Promise<boolean> {
  try {
    await SessionModel.create({ _id: id, ...session, visitorId: session.browserId });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Whose session it is, if it exists and nobody ended it. */
export async function findLiveVisitor(id: string): Promise<string | undefined> {
  const session = await SessionModel.findById(id, { endedAt: 1, visitorId: 1 }).lean();
  return session === null || session.endedAt instanceof Date ? undefined : session.visitorId;
}

/** The sessions that somebody ended at or after `moment`, on whatever process. */
export async function findEndedSince(moment: Date): Promise<readonly string[]> {
  const ended = await SessionModel.find({ endedAt: trusted({ $gte: moment }) }, { _id: 1 }).lean<{ _id: string }[]>();
  return ended.map(({ _id }) => _id);
}

/** Makes every session of the browser, in which nobody has said yet who they are, the visitor's. */
export async function identifySessions(browserId: string, visitorId: string): Promise<void> {
  await SessionModel.updateMany({ browserId, visitorId: browserId }, { $set: { visitorId } });
}

/** Notes which token was believed in the session. */
export async function noteIdentity(id: string, identityHash: string): Promise<void> {
  await SessionModel.updateOne({ _id: id }, { $addToSet: { identityHashes: identityHash } });
}

/** Whether a session in which this token was believed was ended by a logout. */
export async function isIdentityEnded(identityHash: string): Promise<boolean> {
  const filter = { identityHashes: identityHash, endedAt: trusted({ $exists: true }) };
  return (await SessionModel.exists(filter)) !== null;
}

/** Ends every session of the browser. */
export async function endSessions(browserId: string, endedAt: Date): Promise<void> {
  await SessionModel.updateMany({ browserId }, { $min: { endedAt } });
}
