import * as v from 'valibot';
import { OPENAPI_PATH } from '../../../shared/api-path.ts';
import { type AnswerDoc, COPY_IS_GOOD, HAVE_COPY, type OperationDocs } from '../operation.ts';

const HEADERS = {
  ETag: 'Names these bytes.',
  'Access-Control-Allow-Origin': '`*`: any page may load it, also with `integrity`.',
};
const NOT_MODIFIED: AnswerDoc = { about: 'The copy is good.', headers: HEADERS };
const script = (about: string): AnswerDoc => ({ about, mediaTypes: ['text/javascript'], headers: HEADERS });
const fileName = { schema: v.string(), about: 'The name of the file, with the hash of its content.' };

const published = (about: string, schema: v.GenericSchema): AnswerDoc => ({
  about,
  schema,
  headers: { ETag: 'Names these bytes.' },
});

/** The routes of `assets.ts`, `health.ts`, `openapi.ts` and `well-known.ts`. */
export const FILE_OPERATIONS: OperationDocs = {
  'GET /loader.js': {
    id: 'loadLoader',
    summary: 'Load the current loader',
    tag: 'Files',
    guard: 'public',
    answers: { 200: script('The script, to be kept for five minutes.'), 304: NOT_MODIFIED },
  },
  'GET /loader/:file': {
    id: 'loadLoaderVersion',
    summary: 'Load one version of the loader',
    tag: 'Files',
    guard: 'public',
    path: { file: fileName },
    answers: { 200: script('The script, to be kept for ever.'), 304: NOT_MODIFIED },
    errors: ['NOT_FOUND'],
  },
  'GET /settings.js': {
    id: 'loadSettingsLoader',
    summary: 'Load the current loader of the settings view',
    tag: 'Files',
    guard: 'public',
    answers: { 200: script('The script, to be kept for five minutes.'), 304: NOT_MODIFIED },
  },
  'GET /settings-loader/:file': {
    id: 'loadSettingsLoaderVersion',
    summary: 'Load one version of the loader of the settings view',
    tag: 'Files',
    guard: 'public',
    path: { file: fileName },
    answers: { 200: script('The script, to be kept for ever.'), 304: NOT_MODIFIED },
    errors: ['NOT_FOUND'],
  },
  'GET /assets/:file': {
    id: 'loadAsset',
    summary: 'Load a script or a style of the frame',
    tag: 'Files',
    guard: 'public',
    path: { file: fileName },
    answers: {
      200: {
        ...script('The file, to be kept for ever.'),
        mediaTypes: ['text/javascript', 'text/css', 'image/svg+xml', 'font/woff2'],
      },
      304: NOT_MODIFIED,
    },
    errors: ['NOT_FOUND'],
  },
  'GET /healthz': {
    id: 'checkHealth',
    summary: 'See whether the process lives',
    tag: 'Server',
    guard: 'public',
    answers: { 200: { about: 'It does.', schema: v.strictObject({ status: v.literal('alive') }) } },
  },
  'GET /readyz': {
    id: 'checkReadiness',
    summary: 'See whether the process should be sent requests',
    tag: 'Server',
    guard: 'public',
    answers: { 200: { about: 'It should.', schema: v.strictObject({ status: v.literal('ready') }) } },
    errors: ['STORE_UNAVAILABLE'],
  },
  'GET /.well-known/widget-isolation.json': {
    id: 'readIsolationPolicy',
    summary: 'Read what this installation promises, for machines',
    about: 'Origins, headers of each route, messages, lifetimes, cookies and data flows; docs/isolation.md.',
    tag: 'Server',
    guard: 'public',
    headers: HAVE_COPY,
    answers: { 200: published('The policy.', v.looseObject({ origins: v.looseObject({}) })), 304: COPY_IS_GOOD },
  },
  'GET /.well-known/security.txt': {
    id: 'readSecurityContact',
    summary: 'Read whom to tell of a weakness (RFC 9116)',
    tag: 'Server',
    guard: 'public',
    headers: HAVE_COPY,
    answers: {
      200: { about: 'The contact.', mediaTypes: ['text/plain'], headers: { ETag: 'Names these bytes.' } },
      304: COPY_IS_GOOD,
    },
    errors: ['NOT_FOUND'],
  },
  [`GET ${OPENAPI_PATH}`]: {
    id: 'readOpenApi',
    summary: 'Read this document',
    tag: 'Server',
    guard: 'public',
    headers: HAVE_COPY,
    answers: {
      200: published('OpenAPI 3.1.', v.looseObject({ openapi: v.string(), paths: v.looseObject({}) })),
      304: COPY_IS_GOOD,
    },
  },
};
