import type { RotationsAnswer } from '../../shared/keys-api.ts';
import { confirmRotation, findRotations, type StoredRotation } from '../store/key-rotations.ts';
import { findKeyUses } from '../store/key-uses.ts';
import { type AdminCaller, requirePermission } from './admin-caller.ts';
import { requireAdminWidget } from './admin-widget.ts';
import { answerRotation, type KeyParts } from './key-change.ts';
import { reportKeys } from './key-report.ts';
import type { Widget } from './widget.ts';

const LISTED_ROTATIONS = 100;
const LISTED_USES = 2_000;

/**
 * Every key with its uses, and the last rotations. Throws AppError `PERMISSION_DENIED` and `WIDGET_NOT_FOUND`.
 */
export async function listKeys(caller: AdminCaller, { uses, clock }: KeyParts): Promise<RotationsAnswer> {
  requirePermission(caller, 'keys:read');
  const widget = await requireAdminWidget(caller);
  await uses.flush();
  const [rotations, found] = await Promise.all([findConfirmed(widget), findKeyUses(widget.id, LISTED_USES)]);
  const now = clock.now();
  return {
    keys: reportKeys(widget, { rotations, uses: found, now }),
    rotations: rotations.map((rotation) => answerRotation(rotation, now)),
  };
}

/** Those that came into force. What a process did not live to confirm is confirmed by the key it made. */
async function findConfirmed(widget: Widget): Promise<readonly StoredRotation[]> {
  const ids = new Set([...widget.keys.map(({ publicKey }) => publicKey), ...widget.secretKeys.map(({ id }) => id)]);
  const found = await findRotations(widget.id, LISTED_ROTATIONS);
  const inForce = found.filter(({ isPlan, newKeyId }) => !isPlan || ids.has(newKeyId));
  await Promise.all(inForce.filter(({ isPlan }) => isPlan).map(({ id }) => confirmRotation(id)));
  return inForce.map(({ isPlan: _, ...rotation }) => rotation);
}
