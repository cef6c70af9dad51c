import { API_BASE } from '../../../../shared/api-path.ts';
import { type Calls, refusesStrangers } from '../api-stage.ts';

/** What `npm start` has as the dashboard where nobody says otherwise. */
const DASHBOARD = 'http://dashboard.localhost:4402';
const path = { widget: 'main' };
const iframe = { referer: `${DASHBOARD}/`, 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' };

export const SETTINGS_VIEW_CALLS: Calls = {
  'GET /settings/:widget': [
    {
      it: 'answers the iframe of a listed dashboard',
      send: () => ({ path, query: { o: DASHBOARD }, headers: iframe }),
      status: 200,
    },
    {
      it: 'refuses the iframe of another page',
      send: () => ({
        path,
        query: { o: 'https://evil.example' },
        headers: { ...iframe, referer: 'https://evil.example/' },
      }),
      status: 403,
    },
  ],
  'POST /settings/:widget': [{ it: 'refuses every form', send: () => ({ path, headers: iframe }), status: 403 }],
  'GET /preview/:widget': [
    {
      it: 'answers the iframe of the settings view in a listed dashboard',
      send: ({ casement }) => ({
        path,
        query: { o: DASHBOARD },
        headers: { ...iframe, referer: `${casement.settingsOrigin}/` },
      }),
      status: 200,
    },
    {
      it: 'refuses the iframe of the dashboard itself',
      send: () => ({ path, query: { o: DASHBOARD }, headers: iframe }),
      status: 403,
    },
  ],
  'POST /preview/:widget': [{ it: 'refuses every form', send: () => ({ path, headers: iframe }), status: 403 }],
  [`GET ${API_BASE}/installation`]: [
    { it: 'answers', send: async ({ as }) => ({ headers: await as('viewer') }), status: 200 },
    {
      it: 'refuses a service',
      send: async ({ as }) => ({ headers: await as('service') }),
      status: 403,
      code: 'PERMISSION_DENIED',
    },
    ...refusesStrangers(),
  ],
};
