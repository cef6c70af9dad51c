import { OPENAPI_PATH } from '../../../../shared/api-path.ts';
import { rawRequest } from '../../../support/raw-http.ts';
import { STUB_FILES } from '../../../support/stub-build.ts';
import type { ApiStage, Call, Calls } from '../api-stage.ts';

const file = (ending: string) =>
  Object.keys(STUB_FILES).find((name) => name.startsWith('frame-') && name.endsWith(ending));
const path = (name = '') => ({ file: name });

/** There is nothing to be wrong with in these but how they are asked. */
const refusesAnotherHost = (request = {}): Call => ({
  it: 'refuses a host that is none',
  send: () => ({ ...request, headers: { host: 'no host' } }),
  status: 400,
  code: 'INVALID_REQUEST',
});
const refusesQuery: Call = {
  it: 'refuses a query',
  send: () => ({ query: { verbose: '1' } }),
  status: 400,
  code: 'INVALID_REQUEST',
  isUndocumented: true,
};

async function etagOf({ casement: { port, host } }: ApiStage, path: string): Promise<string> {
  return String((await rawRequest({ port, path, headers: { host } })).headers.etag);
}

export const FILE_CALLS: Calls = {
  'GET /loader.js': [
    { it: 'loads', send: () => ({}), status: 200 },
    {
      it: 'says that a copy is good',
      send: async (stage) => ({ headers: { 'if-none-match': await etagOf(stage, '/loader.js') } }),
      status: 304,
    },
    refusesAnotherHost(),
  ],
  'GET /loader/:file': [
    { it: 'loads', send: () => ({ path: path('AAAAAAAA.js') }), status: 200 },
    {
      it: 'knows no version that was not built',
      send: () => ({ path: path('00000000.js') }),
      status: 404,
      code: 'NOT_FOUND',
    },
  ],
  'GET /settings.js': [
    { it: 'loads', send: () => ({}), status: 200 },
    {
      it: 'says that a copy is good',
      send: async (stage) => ({ headers: { 'if-none-match': await etagOf(stage, '/settings.js') } }),
      status: 304,
    },
    refusesAnotherHost(),
  ],
  'GET /settings-loader/:file': [
    { it: 'loads', send: () => ({ path: path('FFFFFFFF.js') }), status: 200 },
    {
      it: 'knows no version that was not built',
      send: () => ({ path: path('00000000.js') }),
      status: 404,
      code: 'NOT_FOUND',
    },
  ],
  'GET /assets/:file': [
    { it: 'loads a script', send: () => ({ path: path(file('.js')) }), status: 200 },
    { it: 'loads a style', send: () => ({ path: path(file('.css')) }), status: 200 },
    { it: 'knows no other file', send: () => ({ path: path('other.js') }), status: 404, code: 'NOT_FOUND' },
  ],
  'GET /healthz': [{ it: 'answers', send: () => ({}), status: 200 }, refusesQuery],
  'GET /readyz': [{ it: 'answers', send: () => ({}), status: 200 }, refusesQuery],
  'GET /.well-known/widget-isolation.json': [{ it: 'answers', send: () => ({}), status: 200 }, refusesQuery],
  'GET /.well-known/security.txt': [{ it: 'answers', send: () => ({}), status: 200 }, refusesQuery],
  [`GET ${OPENAPI_PATH}`]: [
    { it: 'answers', send: () => ({}), status: 200 },
    {
      it: 'says that a copy is good',
      send: async (stage) => ({ headers: { 'if-none-match': await etagOf(stage, OPENAPI_PATH) } }),
      status: 304,
    },
    refusesQuery,
  ],
};
