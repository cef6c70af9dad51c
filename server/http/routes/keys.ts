import { API_BASE } from '../../../shared/api-path.ts';
import {
  type RevokeKeyAnswer,
  type RotateKeyAnswer,
  type RotationsAnswer,
  rotateKeyRequestSchema,
} from '../../../shared/keys-api.ts';
import type { KeyParts } from '../../domain/key-change.ts';
import { listKeys } from '../../domain/key-list.ts';
import { revokeKey } from '../../domain/key-revoke.ts';
import { rotateKey } from '../../domain/key-rotate.ts';
import { parseAdminQuery } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { parseBody, requireNoBody } from '../parse-body.ts';

/** The keys of a widget. Which of them a role may change depends on their kind, so the verbs decide that. */
export function createKeyRoutes(parts: KeyParts): readonly Route[] {
  return [
    defineAdminRoute({
      method: 'POST',
      path: `${API_BASE}/rotate-key`,
      permission: 'keys:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const request = await parseBody(ctx, rotateKeyRequestSchema);
        ctx.body = (await rotateKey(caller, request, parts)) satisfies RotateKeyAnswer;
      },
    }),
    defineAdminRoute({
      method: 'GET',
      path: `${API_BASE}/rotations`,
      permission: 'keys:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        ctx.body = (await listKeys(caller, parts)) satisfies RotationsAnswer;
      },
    }),
    defineAdminRoute({
      method: 'POST',
      path: `${API_BASE}/rotations/:id/revoke`,
      permission: 'keys:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        await requireNoBody(ctx);
        ctx.body = (await revokeKey(caller, ctx.params.id ?? '', parts)) satisfies RevokeKeyAnswer;
      },
    }),
  ];
}
