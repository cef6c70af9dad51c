import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { installationAnswerSchema } from '../../../shared/installation-api.ts';
import { widgetSlugSchema } from '../../../shared/settings-api.ts';
import type { OperationDocs } from '../operation.ts';
import { ORIGIN_PATTERN } from '../patterns.ts';
import { FRAME_HEADERS, FRAME_REFUSED } from './embedding.ts';

const widget = { schema: widgetSlugSchema, about: 'The name of the widget. It is not looked up before a token comes.' };
const claim = {
  schema: v.pipe(v.string(), v.regex(new RegExp(ORIGIN_PATTERN))),
  about: 'The origin of the dashboard that shows the iframe. Browsers enforce that it is true.',
};

/** The routes of `settings-view.ts`, `preview-document.ts` and `installation.ts`. */
export const SETTINGS_VIEW_OPERATIONS: OperationDocs = {
  'GET /settings/:widget': {
    id: 'openSettingsView',
    summary: 'Load the document of the settings view',
    about:
      'What an iframe of a listed dashboard loads; `Referer` and `Sec-Fetch-Dest` are what its browser says. It is the same ' +
      `for everybody and holds nothing of a widget. ${FRAME_REFUSED}`,
    tag: 'Settings',
    guard: 'claimed-dashboard',
    path: { widget },
    query: { o: claim },
    answers: { 200: { about: 'The document.', mediaTypes: ['text/html'], headers: FRAME_HEADERS } },
  },
  'POST /settings/:widget': {
    id: 'refuseSettingsForm',
    summary: 'Refuse a form that is sent to the address of the settings view',
    about: `A claim in a body is no claim. ${FRAME_REFUSED}`,
    tag: 'Settings',
    guard: 'claimed-dashboard',
    path: { widget },
    answers: {},
  },
  'GET /preview/:widget': {
    id: 'openPreviewDocument',
    summary: 'Load the document of a preview',
    about:
      'What an iframe of the settings view loads, within a listed dashboard. It is the same for everybody and holds nothing ' +
      `of a widget: that comes over its port. ${FRAME_REFUSED}`,
    tag: 'Settings',
    guard: 'claimed-preview',
    path: { widget },
    query: { o: claim },
    answers: { 200: { about: 'The document.', mediaTypes: ['text/html'], headers: FRAME_HEADERS } },
  },
  'POST /preview/:widget': {
    id: 'refusePreviewForm',
    summary: 'Refuse a form that is sent to the address of a preview',
    about: `A claim in a body is no claim. ${FRAME_REFUSED}`,
    tag: 'Settings',
    guard: 'claimed-preview',
    path: { widget },
    answers: {},
  },
  [`GET ${API_BASE}/installation`]: {
    id: 'readInstallation',
    summary: 'Read what is needed to put a widget on a page',
    about: 'The same for every widget of this server.',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:read',
    answers: { 200: { about: 'Addresses of the loader, and what answers.', schema: installationAnswerSchema } },
  },
};
