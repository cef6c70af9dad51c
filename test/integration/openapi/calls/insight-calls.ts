import { API_BASE } from '../../../../shared/api-path.ts';
import { rawRequest } from '../../../support/raw-http.ts';
import { type ApiStage, type Calls, refusesStrangers, SHOP } from '../api-stage.ts';

const REPORTS = `${API_BASE}/reports`;

const report = ({ casement, publicKey }: ApiStage) => ({
  'csp-report': {
    'document-uri': `${casement.origin}/frame/${publicKey}`,
    'effective-directive': 'img-src',
    'blocked-uri': 'https://evil.example/pixel.gif',
  },
});

export const INSIGHT_CALLS: Calls = {
  [`GET ${API_BASE}/analytics`]: [
    {
      it: 'answers by the day',
      send: async ({ as }) => ({ query: { timeZone: 'Europe/Berlin' }, headers: await as('viewer') }),
      status: 200,
    },
    {
      it: 'answers by the hour',
      send: async ({ as }) => ({
        query: { unit: 'hour', from: '2026-01-31T09:00:00Z', to: '2026-01-31T12:00:00Z' },
        headers: await as('viewer'),
      }),
      status: 200,
    },
    {
      it: 'refuses a time that ends before it begins',
      send: async ({ as }) => ({
        query: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
        headers: await as('viewer'),
      }),
      status: 400,
      code: 'INVALID_REQUEST',
    },
    {
      it: 'refuses a unit it does not count by',
      send: async ({ as }) => ({ query: { unit: 'week' }, headers: await as('viewer') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers(),
  ],
  [`GET ${API_BASE}/audit-log`]: [
    {
      it: 'reads',
      async send(stage) {
        await stage.owner({ method: 'POST', path: '/rotate-key', body: { target: 'public' } });
        return {
          query: { act: 'key-rotated', actor: 'ada', from: '2020-01-01T00:00:00Z', limit: '10' },
          headers: await stage.as('owner'),
        };
      },
      status: 200,
    },
    {
      it: 'refuses an act nobody can do',
      send: async ({ as }) => ({ query: { act: 'slept' }, headers: await as('owner') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers(),
  ],
  [`GET ${API_BASE}/audit-log/verification`]: [
    { it: 'verifies', send: async ({ as }) => ({ headers: await as('owner') }), status: 200 },
    ...refusesStrangers(),
  ],
  [`GET ${REPORTS}`]: [
    {
      it: 'lists',
      async send(stage) {
        const { casement, publicKey } = stage;
        const origin = 'https://evil.example';
        await fetchConfiguration(casement.port, casement.host, publicKey, origin);
        return { headers: await stage.as('viewer') };
      },
      status: 200,
    },
    ...refusesStrangers(),
  ],
  [`POST ${REPORTS}`]: [
    {
      it: 'takes a report',
      send: (stage) => ({
        headers: { referer: `${SHOP}/` },
        body: report(stage),
        mediaType: 'application/csp-report',
      }),
      status: 204,
    },
    {
      it: 'takes several reports',
      send: () => ({ body: [{ type: 'csp-violation' }], mediaType: 'application/reports+json' }),
      status: 204,
    },
    {
      it: 'refuses what is no report',
      send: () => ({ body: { report: true }, mediaType: 'application/csp-report' }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    {
      it: 'refuses another type',
      send: (stage) => ({ body: report(stage) }),
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      isUndocumented: true,
    },
  ],
};

async function fetchConfiguration(port: number, host: string, key: string, origin: string): Promise<void> {
  await rawRequest({ port, path: `${API_BASE}/config?key=${key}`, headers: { host, origin } });
}
