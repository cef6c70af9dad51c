import { randomUUID } from 'node:crypto';
import type { KeyTarget, RotateKeyAnswer, RotateKeyRequest } from '../../shared/keys-api.ts';
import { confirmRotation, dropRotation, planRotation, type StoredRotation } from '../store/key-rotations.ts';
import { replaceKeys } from '../store/widget-keys.ts';
import { type AdminCaller, actorOf, requirePermission } from './admin-caller.ts';
import { appendAudit } from './audit-log.ts';
import { createRandomKey } from './create-widget.ts';
import { answerRotation, changeKeys, type KeyParts, permissionToChange } from './key-change.ts';
import { activeKeyId, requireRoomForKey, type WidgetKeys, withPublicKey, withSecretKey } from './key-plan.ts';
import type { SecretBox } from './secret-box.ts';
import { createSecretKey, openSecretKey } from './secret-key.ts';
import type { Widget } from './widget.ts';

/** A plan that is so old was left behind by a process that ended before it could act. */
const PLAN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a new key of the kind and lets the one before work through the overlap. The secret is answered this once.
 * Throws AppError `PERMISSION_DENIED`, `TOO_MANY_KEYS`, and those of `changeKeys`.
 */
export async function rotateKey(
  caller: AdminCaller,
  request: RotateKeyRequest,
  parts: KeyParts,
): Promise<RotateKeyAnswer> {
  requirePermission(caller, permissionToChange(request.target));
  return await changeKeys(caller, parts, async (widget) => {
    const { target, overlapSeconds } = request;
    const now = parts.clock.now();
    const endsAt = new Date(now.getTime() + overlapSeconds * 1000);
    requireRoomForKey(widget, target, now);
    const { keys, ...key } = addKey(widget, target, { endsAt, now, secretBox: parts.secretBox });
    const rotation = draftRotation(caller, request, { widget, newKeyId: key.id, now, endsAt });

    await planRotation(rotation, new Date(now.getTime() + PLAN_LIFETIME_MS));
    if (!(await replaceKeys(keys))) {
      await dropRotation(rotation.id);
      return undefined;
    }
    await confirmRotation(rotation.id);
    await logRotation(rotation, parts);
    return { rotation: answerRotation(rotation, now), key: { target, ...key } };
  });
}

type NewKey = { readonly keys: WidgetKeys; readonly id: string; readonly secret?: string };
type Addition = { readonly endsAt: Date; readonly now: Date; readonly secretBox: SecretBox };

function addKey(widget: Widget, target: KeyTarget, { secretBox, ...moment }: Addition): NewKey {
  if (target === 'public') {
    const publicKey = createRandomKey();
    return { id: publicKey, keys: withPublicKey(widget, { publicKey, state: 'active' }, moment) };
  }
  const key = createSecretKey(widget.id, target, secretBox);
  const secret = openSecretKey(widget.id, key, secretBox);
  return { id: key.id, keys: withSecretKey(widget, key, moment), secret };
}

type Draft = { readonly widget: Widget; readonly newKeyId: string; readonly now: Date; readonly endsAt: Date };

function draftRotation(caller: AdminCaller, request: RotateKeyRequest, draft: Draft): StoredRotation {
  const oldKeyId = activeKeyId(draft.widget, request.target);
  return {
    id: randomUUID(),
    widgetId: draft.widget.id,
    ...(oldKeyId !== undefined && { oldKeyId }),
    newKeyId: draft.newKeyId,
    actor: actorOf(caller),
    ...request,
    rotatedAt: draft.now,
    endsAt: draft.endsAt,
  };
}

async function logRotation(rotation: StoredRotation, { clock }: Pick<KeyParts, 'clock'>): Promise<void> {
  const { widgetId, actor, id: rotationId, target, oldKeyId, newKeyId, overlapSeconds, reason } = rotation;
  const details = { rotationId, target, oldKeyId, newKeyId, overlapSeconds, reason };
  await appendAudit({ widgetId, actor, act: 'key-rotated', details }, clock);
}
