import { API_BASE } from '../../../../shared/api-path.ts';
import { type Calls, refusesStrangers } from '../api-stage.ts';

const DRAFT = { baseVersion: 1, settings: { theme: { primary: 'not a colour yet' } } };
const PREVIEW = { challenge: 'A'.repeat(43) };

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
  [`POST ${API_BASE}/preview`]: [
    {
      it: 'gives a ticket',
      async send(stage) {
        const settings = stage.widget.settings;
        await stage.owner({ method: 'PUT', path: '/draft', body: { baseVersion: 1, settings } });
        return { headers: await stage.as('owner'), body: PREVIEW };
      },
      status: 200,
    },
    {
      it: 'refuses a draft that could not be saved',
      async send(stage) {
        await stage.owner({ method: 'PUT', path: '/draft', body: DRAFT });
        return { headers: await stage.as('owner'), body: PREVIEW };
      },
      status: 400,
      code: 'INVALID_REQUEST',
    },
    {
      it: 'refuses who has no draft',
      send: async ({ as }) => ({ headers: await as('editor'), body: PREVIEW }),
      status: 404,
      code: 'DRAFT_NOT_FOUND',
    },
    ...refusesStrangers({ body: PREVIEW }),
  ],
};
