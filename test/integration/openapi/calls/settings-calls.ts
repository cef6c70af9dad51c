import { API_BASE } from '../../../../shared/api-path.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { type ApiStage, type Calls, refusesStrangers } from '../api-stage.ts';

const BASE = `${API_BASE}/settings`;
const dark = ({ widget: { settings } }: ApiStage) => ({ ...settings, theme: { ...settings.theme, mode: 'dark' } });
const saveOnce = async (stage: ApiStage) => {
  await stage.owner({ method: 'POST', path: '/settings', body: { expectedVersion: 1, settings: dark(stage) } });
};

export const SETTINGS_CALLS: Calls = {
  [`GET ${BASE}`]: [
    { it: 'reads', send: async ({ as }) => ({ query: { widget: 'main' }, headers: await as('viewer') }), status: 200 },
    {
      it: 'shows what a widget would be born with',
      send: async ({ as }) => ({ query: { widget: 'second' }, headers: await as('owner') }),
      status: 200,
    },
    {
      it: 'refuses a name that is none',
      send: async ({ as }) => ({ query: { widget: '../main' }, headers: await as('owner') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers(),
  ],
  [`POST ${BASE}`]: [
    {
      it: 'saves',
      send: async (stage) => ({
        headers: await stage.as('editor'),
        body: { expectedVersion: 1, settings: dark(stage), note: 'Darker' },
      }),
      status: 200,
    },
    {
      it: 'makes a new widget for an owner',
      send: async ({ as }) => ({
        query: { widget: 'second' },
        headers: await as('owner'),
        body: { expectedVersion: 0, settings: { ...DEFAULT_SETTINGS, allowlist: ['https://Second.Example/'] } },
      }),
      status: 200,
    },
    {
      it: 'shows both versions when somebody was faster',
      async send(stage) {
        await saveOnce(stage);
        return { headers: await stage.as('owner'), body: { expectedVersion: 1, settings: stage.widget.settings } };
      },
      status: 409,
      code: 'SETTINGS_CONFLICT',
    },
    {
      it: 'names every value that is wrong',
      send: async (stage) => ({
        headers: await stage.as('owner'),
        body: { expectedVersion: 1, settings: { ...dark(stage), launcher: { icon: 'bell' }, allowlist: ['*'] } },
      }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    {
      it: 'refuses a site that admits anybody',
      send: async ({ as, widget }) => ({
        headers: await as('owner'),
        body: { expectedVersion: 1, settings: { ...widget.settings, allowlist: ['https://*.github.io'] } },
      }),
      status: 400,
      code: 'INVALID_REQUEST',
    },
    {
      it: 'refuses an editor who adds a site',
      send: async ({ as, widget }) => ({
        headers: await as('editor'),
        body: { expectedVersion: 1, settings: { ...widget.settings, allowlist: ['https://new.example'] } },
      }),
      status: 403,
      code: 'PERMISSION_DENIED',
    },
    {
      it: 'refuses a body that is too large',
      send: async ({ as, widget }) => ({
        headers: await as('owner'),
        body: { expectedVersion: 1, settings: widget.settings, note: 'x'.repeat(400_000) },
      }),
      status: 413,
      code: 'BODY_TOO_LARGE',
      isUndocumented: true,
    },
    {
      it: 'refuses a body that is no JSON',
      send: async ({ as }) => ({ headers: await as('owner'), body: {}, mediaType: 'text/plain' }),
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      isUndocumented: true,
    },
  ],
  [`POST ${BASE}/check-site`]: [
    {
      it: 'accepts a site',
      send: async ({ as }) => ({ headers: await as('viewer'), body: { site: 'Shop.Example/' } }),
      status: 200,
    },
    {
      it: 'says why a line cannot be a site',
      send: async ({ as }) => ({ headers: await as('viewer'), body: { site: '*' } }),
      status: 200,
    },
    {
      it: 'refuses what is no text',
      send: async ({ as }) => ({ headers: await as('viewer'), body: { site: 7 } }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
  ],
  [`GET ${BASE}/versions`]: [
    {
      it: 'lists',
      async send(stage) {
        await saveOnce(stage);
        return { query: { before: '3', limit: '1' }, headers: await stage.as('viewer') };
      },
      status: 200,
    },
    {
      it: 'refuses a page of 0',
      send: async ({ as }) => ({ query: { limit: '0' }, headers: await as('viewer') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers(),
  ],
  [`GET ${BASE}/versions/:version`]: [
    { it: 'reads', send: async ({ as }) => ({ path: { version: '1' }, headers: await as('viewer') }), status: 200 },
    {
      it: 'knows no version that was not saved',
      send: async ({ as }) => ({ path: { version: '9' }, headers: await as('viewer') }),
      status: 404,
      code: 'SETTINGS_VERSION_NOT_FOUND',
    },
    {
      it: 'refuses what is no number',
      send: async ({ as }) => ({ path: { version: 'last' }, headers: await as('viewer') }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    ...refusesStrangers({ path: { version: '1' } }),
  ],
  [`GET ${BASE}/versions/:version/diff`]: [
    {
      it: 'compares',
      async send(stage) {
        await saveOnce(stage);
        return { path: { version: '2' }, query: { against: '1' }, headers: await stage.as('viewer') };
      },
      status: 200,
    },
    {
      it: 'knows no version that was not saved',
      send: async ({ as }) => ({ path: { version: '1' }, query: { against: '7' }, headers: await as('viewer') }),
      status: 404,
      code: 'SETTINGS_VERSION_NOT_FOUND',
    },
    ...refusesStrangers({ path: { version: '1' } }),
  ],
  [`POST ${BASE}/versions/:version/restore`]: [
    {
      it: 'restores',
      async send(stage) {
        await saveOnce(stage);
        return { path: { version: '1' }, headers: await stage.as('admin'), body: { expectedVersion: 2, note: 'Back' } };
      },
      status: 200,
    },
    {
      it: 'shows both versions when somebody was faster',
      async send(stage) {
        await saveOnce(stage);
        return { path: { version: '1' }, headers: await stage.as('admin'), body: { expectedVersion: 1, note: 'Late' } };
      },
      status: 409,
      code: 'SETTINGS_CONFLICT',
    },
    {
      it: 'refuses an editor',
      send: async ({ as }) => ({ path: { version: '1' }, headers: await as('editor'), body: { expectedVersion: 1 } }),
      status: 403,
      code: 'PERMISSION_DENIED',
    },
  ],
};
