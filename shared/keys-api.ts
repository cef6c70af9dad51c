import * as v from 'valibot';
import { actorSchema } from './settings-api.ts';

/**
 * The keys of a widget: the public key is written in the snippet, the signing key signs answers to backends, and with the
 * identity key the company's backend says who a visitor is.
 */
export const KEY_TARGETS = ['public', 'signing', 'identity'] as const;
export type KeyTarget = (typeof KEY_TARGETS)[number];

/** Those whose secret the company's backend knows as well. */
export const SECRET_KEY_TARGETS = ['signing', 'identity'] as const satisfies readonly KeyTarget[];
export type SecretKeyTarget = (typeof SECRET_KEY_TARGETS)[number];

/** An active key is used, a retiring one works until a moment, a revoked one never again. */
export const KEY_STATES = ['active', 'retiring', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export const DEFAULT_OVERLAP_SECONDS = 24 * 60 * 60;
export const LONGEST_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

const momentSchema = v.pipe(v.string(), v.isoTimestamp());
const overlapSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LONGEST_OVERLAP_SECONDS));
const keyIdSchema = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/));

/** `POST /rotate-key` */
export const rotateKeyRequestSchema = v.strictObject({
  target: v.picklist(KEY_TARGETS),
  /** How long the old key keeps working; 0 revokes it at once. */
  overlapSeconds: v.optional(overlapSchema, DEFAULT_OVERLAP_SECONDS),
  reason: v.optional(
    v.pipe(v.string(), v.trim(), v.maxLength(500), v.regex(/^\P{Cs}*$/u, 'text of whole characters')),
    '',
  ),
});
export type RotateKeyRequest = v.InferOutput<typeof rotateKeyRequestSchema>;

export const rotationSchema = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  target: v.picklist(KEY_TARGETS),
  /** Absent if there was no key of this kind before. */
  oldKeyId: v.optional(keyIdSchema),
  newKeyId: keyIdSchema,
  actor: actorSchema,
  reason: v.string(),
  overlapSeconds: overlapSchema,
  rotatedAt: momentSchema,
  /** When the old key stops working, or has stopped. */
  endsAt: momentSchema,
  /** Whether that has come, by time or because somebody ended the overlap early. */
  hasEnded: v.boolean(),
});
export type Rotation = v.InferOutput<typeof rotationSchema>;

/** A key and who uses it. Its secret is never in here. */
export const keyReportSchema = v.strictObject({
  id: keyIdSchema,
  target: v.picklist(KEY_TARGETS),
  state: v.picklist(KEY_STATES),
  /** For a retiring key. */
  retiringUntil: v.optional(momentSchema),
  /** Where it was used in the last 90 days, latest first, at most 200 sites. Not known for signing keys. */
  uses: v.array(
    v.strictObject({ origin: v.string(), lastUsedAt: momentSchema, count: v.pipe(v.number(), v.integer()) }),
  ),
  safeToRevoke: v.boolean(),
  /** One sentence: why it is safe to revoke, or why not. */
  why: v.string(),
});
export type KeyReport = v.InferOutput<typeof keyReportSchema>;

/** The answer of `POST /rotate-key`. */
export const rotateKeyAnswerSchema = v.strictObject({
  rotation: rotationSchema,
  key: v.strictObject({
    id: keyIdSchema,
    target: v.picklist(KEY_TARGETS),
    /** Of a signing or identity key; shown this once. */
    secret: v.optional(v.string()),
  }),
});
export type RotateKeyAnswer = v.InferOutput<typeof rotateKeyAnswerSchema>;

/** `GET /rotations`: every key that works or ever did, and the last 100 rotations, newest first. */
export const rotationsAnswerSchema = v.strictObject({
  keys: v.array(keyReportSchema),
  rotations: v.array(rotationSchema),
});
export type RotationsAnswer = v.InferOutput<typeof rotationsAnswerSchema>;

/** The answer of `POST /rotations/:id/revoke`. */
export const revokeKeyAnswerSchema = v.strictObject({ rotation: rotationSchema });
export type RevokeKeyAnswer = v.InferOutput<typeof revokeKeyAnswerSchema>;
