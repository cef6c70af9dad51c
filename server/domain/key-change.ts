import type { KeyTarget, Rotation } from '../../shared/keys-api.ts';
import type { Permission } from '../../shared/permission.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { StoredRotation } from '../store/key-rotations.ts';
import type { AdminCaller } from './admin-caller.ts';
import { requireAdminWidget } from './admin-widget.ts';
import type { KeyUses } from './key-uses.ts';
import type { SecretBox } from './secret-box.ts';
import type { Widget } from './widget.ts';
import type { WidgetDirectory } from './widget-directory.ts';

/** What rotating, revoking and listing keys need. */
export type KeyParts = {
  readonly directory: Pick<WidgetDirectory, 'forget'>;
  readonly secretBox: SecretBox;
  readonly uses: Pick<KeyUses, 'flush'>;
  readonly clock: Clock;
};

const MOST_ATTEMPTS = 5;

/**
 * Changes the keys of the caller's widget: `attempt` answers `undefined` if somebody else changed them meanwhile, and is
 * called again with what they are now. Throws AppError `WIDGET_NOT_FOUND`, and `ROTATION_CONFLICT` after five attempts.
 */
export async function changeKeys<T>(
  caller: AdminCaller,
  { directory }: Pick<KeyParts, 'directory'>,
  attempt: (widget: Widget) => Promise<T | undefined>,
): Promise<T> {
  for (let number = 1; number <= MOST_ATTEMPTS; number++) {
    const done = await attempt(await requireAdminWidget(caller));
    if (done === undefined) continue;
    directory.forget();
    return done;
  }
  throw new AppError('ROTATION_CONFLICT');
}

export function permissionToChange(target: KeyTarget): Permission {
  return target === 'public' ? 'keys:rotate-public' : 'keys:rotate-secret';
}

/** The rotation as an admin gets it. */
export function answerRotation({ widgetId: _, rotatedAt, endsAt, ...rotation }: StoredRotation, now: Date): Rotation {
  return {
    ...rotation,
    rotatedAt: rotatedAt.toISOString(),
    endsAt: endsAt.toISOString(),
    hasEnded: endsAt <= now,
  };
}
