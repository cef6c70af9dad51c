import { API_BASE } from '../../../../shared/api-path.ts';
import { rawRequest } from '../../../support/raw-http.ts';
import { type ApiStage, type Calls, SHOP } from '../api-stage.ts';

const iframe = { referer: `${SHOP}/`, 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' };

async function etagOf({ casement: { port, host }, publicKey: key }: ApiStage): Promise<string> {
  const path = `${API_BASE}/config?key=${key}`;
  return String((await rawRequest({ port, path, headers: { host, origin: SHOP } })).headers.etag);
}

export const EMBEDDING_CALLS: Calls = {
  [`GET ${API_BASE}/config`]: [
    {
      it: 'answers a listed page',
      send: ({ publicKey: key }) => ({ query: { key, l: 'de' }, headers: { origin: SHOP } }),
      status: 200,
    },
    {
      it: 'answers a backend of the company',
      send: async ({ publicKey: key, as }) => ({ query: { key }, headers: await as('service') }),
      status: 200,
    },
    {
      it: 'says that a copy is good',
      send: async (stage) => ({
        query: { key: stage.publicKey },
        headers: { origin: SHOP, 'if-none-match': await etagOf(stage) },
      }),
      status: 304,
    },
    {
      it: 'refuses a page that is not listed',
      send: ({ publicKey: key }) => ({ query: { key }, headers: { origin: 'https://evil.example' } }),
      status: 403,
      code: 'EMBED_REFUSED',
    },
    {
      it: 'refuses a token that is none',
      send: ({ publicKey: key }) => ({ query: { key }, headers: { authorization: 'Bearer none' } }),
      status: 401,
      code: 'ADMIN_TOKEN_INVALID',
    },
    {
      it: 'refuses a key that is none',
      send: () => ({ query: { key: 'PUB_1' }, headers: { origin: SHOP } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
  ],
  'GET /frame/:key': [
    {
      it: 'answers the iframe of a listed page',
      send: ({ publicKey: key }) => ({ path: { key }, query: { o: SHOP }, headers: iframe }),
      status: 200,
    },
    {
      it: 'refuses the iframe of another page',
      send: ({ publicKey: key }) => ({
        path: { key },
        query: { o: 'https://evil.example' },
        headers: { ...iframe, referer: 'https://evil.example/' },
      }),
      status: 403,
    },
  ],
  'POST /frame/:key': [
    {
      it: 'refuses every form',
      send: ({ publicKey: key }) => ({ path: { key }, headers: iframe }),
      status: 403,
    },
  ],
};
