import { randomUUID } from 'node:crypto';
import { MOST_LIVE_KEYS } from '../../../../server/domain/key-plan.ts';
import { API_BASE } from '../../../../shared/api-path.ts';
import { type ApiStage, type Calls, refusesStrangers } from '../api-stage.ts';

async function rotate({ owner }: ApiStage, target: string): Promise<string> {
  const { json } = await owner({ method: 'POST', path: '/rotate-key', body: { target } });
  return json.rotation.id;
}

export const KEY_CALLS: Calls = {
  [`POST ${API_BASE}/rotate-key`]: [
    ...['public', 'signing', 'identity'].map((target) => ({
      it: `rotates the ${target} key`,
      send: async ({ as }: ApiStage) => ({
        headers: await as('owner'),
        body: { target, overlapSeconds: 60, reason: 'As every year' },
      }),
      status: 200,
    })),
    {
      it: 'refuses an admin who rotates a secret',
      send: async ({ as }) => ({ headers: await as('admin'), body: { target: 'signing' } }),
      status: 403,
      code: 'PERMISSION_DENIED',
    },
    {
      it: 'refuses an overlap that is no time',
      send: async ({ as }) => ({ headers: await as('owner'), body: { target: 'public', overlapSeconds: -1 } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    {
      it: 'refuses when too many keys work at once',
      async send(stage) {
        for (let live = 1; live < MOST_LIVE_KEYS; live += 1) await rotate(stage, 'signing');
        return { headers: await stage.as('owner'), body: { target: 'signing' } };
      },
      status: 409,
      code: 'TOO_MANY_KEYS',
    },
    ...refusesStrangers({ body: { target: 'public' } }),
  ],
  [`GET ${API_BASE}/rotations`]: [
    {
      it: 'lists',
      async send(stage) {
        for (const target of ['public', 'signing', 'identity']) await rotate(stage, target);
        return { headers: await stage.as('viewer') };
      },
      status: 200,
    },
    ...refusesStrangers(),
  ],
  [`POST ${API_BASE}/rotations/:id/revoke`]: [
    {
      it: 'revokes',
      send: async (stage) => ({ path: { id: await rotate(stage, 'public') }, headers: await stage.as('admin') }),
      status: 200,
    },
    {
      it: 'knows no rotation that was not made',
      send: async ({ as }) => ({ path: { id: randomUUID() }, headers: await as('owner') }),
      status: 404,
      code: 'ROTATION_NOT_FOUND',
    },
    ...refusesStrangers({ path: { id: randomUUID() } }),
  ],
};
