import type { Logger } from 'pino';
import { findAdminWidget } from './domain/admin-widget.ts';
import type { KeyParts } from './domain/key-change.ts';
import { createKeyUses, type KeyUses } from './domain/key-uses.ts';
import type { SecretBox } from './domain/secret-box.ts';
import { createSecretKeyRing, type SecretKeyRing } from './domain/secret-key.ts';
import type { WidgetDirectory } from './domain/widget-directory.ts';
import type { Clock } from './gateways/clock.ts';
import type { Guards } from './http/guarded-router.ts';
import { addKeyUses } from './store/key-uses.ts';

type Parts = {
  readonly directory: WidgetDirectory;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
};

export type ComposedKeys = {
  /** Where keys are used. Stopped by whoever stops the server. */
  readonly uses: KeyUses;
  /** The secrets of a widget that work now. */
  readonly keyRing: SecretKeyRing;
  /** For rotating, revoking and listing keys. */
  readonly keyParts: KeyParts;
  /** The guard of admins, whose answers are signed with the signing keys of the widget they work on. */
  signForAdmins(admin: Guards['admin']): Guards['admin'];
};

/** Everything about the keys of widgets. */
export function composeKeys({ directory, secretBox, clock, log }: Parts): ComposedKeys {
  const uses = createKeyUses({
    add: addKeyUses,
    clock,
    onFailure: (err) => log.error({ err }, 'Where keys are used could not be written; it is tried again'),
  });
  const keyRing = createSecretKeyRing(secretBox, () => clock.now());
  return {
    uses,
    keyRing,
    keyParts: { directory, secretBox, uses, clock },
    signForAdmins: (admin) => async (ctx) => {
      const caller = await admin(ctx);
      ctx.state.findSigningKeys = async () => {
        const widget = await findAdminWidget(caller);
        return widget === undefined ? [] : keyRing.liveKeys(widget, 'signing');
      };
      return caller;
    },
  };
}
