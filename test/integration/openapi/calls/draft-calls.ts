import { API_BASE } from '../../../../shared/api-path.ts';
import { type Calls, refusesStrangers } from '../api-stage.ts';

const DRAFT = { baseVersion: 1, settings: { theme: { primary: 'not a colour yet' } } };

export const DRAFT_CALLS: Calls = {
  [`GET ${API_BASE}/draft`]: [
    {
      it: 'reads',
      async send(stage) {
        await stage.owner({ method: 'PUT', path: '/draft', body: DRAFT });
        return { headers: await stage.as('owner') };
      },
      status: 200,
    },
    { it: 'says that there is none', send: async ({ as }) => ({ headers: await as('editor') }), status: 200 },
    ...refusesStrangers(),
  ],
  [`PUT ${API_BASE}/draft`]: [
    { it: 'keeps', send: async ({ as }) => ({ headers: await as('editor'), body: DRAFT }), status: 200 },
    {
      it: 'refuses what was based on no version',
      send: async ({ as }) => ({ headers: await as('editor'), body: { settings: {} } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers({ body: DRAFT }),
  ],
  [`DELETE ${API_BASE}/draft`]: [
    { it: 'throws away', send: async ({ as }) => ({ headers: await as('editor') }), status: 204 },
    ...refusesStrangers(),
  ],
};
