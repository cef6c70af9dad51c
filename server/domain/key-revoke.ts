import type { RevokeKeyAnswer } from '../../shared/keys-api.ts';
import { AppError } from '../errors.ts';
import { endRotation, findRotation, type StoredRotation } from '../store/key-rotations.ts';
import { replaceKeys } from '../store/widget-keys.ts';
import { type AdminCaller, actorOf, requirePermission } from './admin-caller.ts';
import { appendAudit } from './audit-log.ts';
import { answerRotation, changeKeys, type KeyParts, permissionToChange } from './key-change.ts';
import { withoutKey } from './key-plan.ts';
import type { Widget } from './widget.ts';

/**
 * Ends the overlap of a rotation now: its old key is revoked. Nothing changes if it does not work any more anyway.
 * Throws AppError `PERMISSION_DENIED`, `ROTATION_NOT_FOUND`, and those of `changeKeys`.
 */
export async function revokeKey(caller: AdminCaller, rotationId: string, parts: KeyParts): Promise<RevokeKeyAnswer> {
  requirePermission(caller, 'keys:read');
  return await changeKeys(caller, parts, async (widget) => {
    const rotation = await requireRotation(widget, rotationId);
    const { oldKeyId, target } = rotation;
    requirePermission(caller, permissionToChange(target));
    const now = parts.clock.now();
    const keys = oldKeyId === undefined ? undefined : withoutKey(widget, oldKeyId, now);
    if (keys === undefined) return { rotation: answerRotation(rotation, now) };
    if (!(await replaceKeys(keys))) return undefined;
    await endRotation(rotation.id, now);
    const details = { rotationId, target, keyId: oldKeyId };
    await appendAudit({ widgetId: widget.id, actor: actorOf(caller), act: 'key-revoked', details }, parts.clock);
    return { rotation: answerRotation({ ...rotation, endsAt: now }, now) };
  });
}

async function requireRotation(widget: Widget, rotationId: string): Promise<StoredRotation> {
  const rotation = await findRotation(widget.id, rotationId);
  if (rotation !== undefined) return rotation;
  throw new AppError('ROTATION_NOT_FOUND', { message: `There is no rotation "${rotationId.slice(0, 100)}"` });
}
