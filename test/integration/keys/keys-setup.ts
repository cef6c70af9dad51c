import * as v from 'valibot';
import { rotateKeyAnswerSchema, rotationsAnswerSchema } from '../../../shared/keys-api.ts';
import { type AdminAnswer, type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import { type Admin, signAdminToken } from '../../support/admin-token.ts';
import type { createMovingClock } from '../../support/moving-clock.ts';
import type { Casement } from '../../support/start-casement.ts';

export const SHOP = 'https://shop.example';

type Clock = Pick<ReturnType<typeof createMovingClock>, 'now'>;

/** Asks as an admin whose login goes by the clock of the test. */
export async function askByClock(
  { casement, clock }: { readonly casement: Casement; readonly clock: Clock },
  admin: Admin,
  request: AdminRequest,
): Promise<AdminAnswer> {
  const token = await signAdminToken(admin, { exp: Math.floor(clock.now().getTime() / 1000) + 300 });
  return await askAdmin(casement, admin, { token, ...request });
}

/** What somebody does with the keys of a widget; every answer is parsed by its schema. */
export function keysOf(server: { readonly casement: Casement; readonly clock: Clock }, admin: Admin) {
  const ask = (request: AdminRequest) => askByClock(server, admin, request);
  return {
    ask,
    async rotate(target: string, body: object = {}) {
      const { json } = await ask({ method: 'POST', path: '/rotate-key', body: { target, ...body } });
      return v.parse(rotateKeyAnswerSchema, json, { message: () => JSON.stringify(json) });
    },
    async list() {
      const { json } = await ask({ path: '/rotations' });
      return v.parse(rotationsAnswerSchema, json, { message: () => JSON.stringify(json) });
    },
    revoke: (id: string) => ask({ method: 'POST', path: `/rotations/${id}/revoke` }),
  };
}
