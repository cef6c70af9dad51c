import { API_BASE } from '../../../../shared/api-path.ts';
import { type ApiStage, type Calls, refusesStrangers } from '../api-stage.ts';

const BASE = `${API_BASE}/knowledge`;
const ARTICLE = {
  title: 'Opening hours',
  body: '# Opening hours\n\nWe are open from nine to five.',
  url: 'https://shop.example/hours',
};
const path = { slug: 'opening-hours' };

async function write({ owner }: ApiStage): Promise<string> {
  const { json } = await owner({
    method: 'PUT',
    path: '/knowledge/opening-hours',
    body: { ...ARTICLE, expectedVersion: 0 },
  });
  return String(json.version);
}

const id = '00000000-0000-4000-8000-000000000000';

export const KNOWLEDGE_CALLS: Calls = {
  [`GET ${BASE}`]: [
    {
      it: 'lists',
      async send(stage) {
        await write(stage);
        return { query: { limit: '1', after: 'a' }, headers: await stage.as('viewer') };
      },
      status: 200,
    },
    ...refusesStrangers(),
  ],
  [`POST ${BASE}/ask`]: [
    {
      it: 'finds',
      async send(stage) {
        await write(stage);
        return { headers: await stage.as('viewer'), body: { question: 'When are you open?' } };
      },
      status: 200,
    },
    {
      it: 'refuses an empty question',
      send: async ({ as }) => ({ headers: await as('viewer'), body: { question: '' } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers({ body: { question: 'Why?' } }),
  ],
  [`GET ${BASE}/:slug`]: [
    {
      it: 'reads',
      async send(stage) {
        await write(stage);
        return { path, headers: await stage.as('viewer') };
      },
      status: 200,
    },
    {
      it: 'knows no article that was not written',
      send: async ({ as }) => ({ path, headers: await as('viewer') }),
      status: 404,
      code: 'ARTICLE_NOT_FOUND',
    },
    ...refusesStrangers({ path }),
  ],
  [`PUT ${BASE}/:slug`]: [
    {
      it: 'writes a new one',
      send: async ({ as }) => ({ path, headers: await as('editor'), body: { ...ARTICLE, expectedVersion: 0 } }),
      status: 201,
    },
    {
      it: 'writes a new version',
      async send(stage) {
        const expectedVersion = Number(await write(stage));
        return { path, headers: await stage.as('editor'), body: { ...ARTICLE, title: 'Hours', expectedVersion } };
      },
      status: 200,
    },
    {
      it: 'shows the current article when somebody was faster',
      async send(stage) {
        await write(stage);
        const body = { title: 'Other hours', body: 'We are closed.', expectedVersion: 0 };
        return { path, headers: await stage.as('editor'), body };
      },
      status: 409,
      code: 'ARTICLE_CONFLICT',
    },
    {
      it: 'refuses a link that is no web address',
      send: async ({ as }) => ({
        path,
        headers: await as('editor'),
        body: { ...ARTICLE, url: 'javascript:alert(1)', expectedVersion: 0 },
      }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers({ path, body: { ...ARTICLE, expectedVersion: 0 } }),
  ],
  [`GET ${BASE}/unanswered`]: [
    { it: 'lists', send: async ({ as }) => ({ headers: await as('viewer') }), status: 200 },
    {
      it: 'refuses to list more than there can be',
      send: async ({ as }) => ({ query: { limit: '201' }, headers: await as('viewer') }),
      status: 400,
      code: 'INVALID_REQUEST',
    },
    ...refusesStrangers(),
  ],
  [`DELETE ${BASE}/unanswered/:id`]: [
    { it: 'forgets', send: async ({ as }) => ({ path: { id }, headers: await as('editor') }), status: 204 },
    {
      it: 'refuses an id that is none',
      send: async ({ as }) => ({ path: { id: 'first' }, headers: await as('editor') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers({ path: { id } }),
  ],
  [`DELETE ${BASE}/:slug`]: [
    {
      it: 'deletes',
      async send(stage) {
        return { path, query: { expectedVersion: await write(stage) }, headers: await stage.as('editor') };
      },
      status: 204,
    },
    {
      it: 'refuses another version',
      async send(stage) {
        await write(stage);
        return { path, query: { expectedVersion: '2000000000' }, headers: await stage.as('editor') };
      },
      status: 409,
      code: 'ARTICLE_CONFLICT',
    },
    {
      it: 'refuses to delete whatever version there is',
      send: async ({ as }) => ({ path, headers: await as('editor') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers({ path, query: { expectedVersion: '1' } }),
  ],
};
