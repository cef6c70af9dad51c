import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { configurationAnswerSchema, localeSchema } from '../../../shared/configuration.ts';
import { keyQuerySchema } from '../../http/guards.ts';
import { explainQuery, HAVE_COPY, type OperationDocs } from '../operation.ts';
import { ORIGIN_PATTERN, PUBLIC_KEY_PATTERN } from '../patterns.ts';

const publicKey = {
  schema: v.pipe(v.string(), v.regex(new RegExp(PUBLIC_KEY_PATTERN))),
  about: 'The public key of the widget.',
};
const claim = {
  schema: v.pipe(v.string(), v.regex(new RegExp(ORIGIN_PATTERN))),
  about: 'The origin of the page that shows the iframe. Browsers enforce that it is true.',
};
const locale = { schema: v.optional(localeSchema), about: 'The language that is wanted most.' };
/** What browsers are told about the document; docs/isolation.md says why. */
export const FRAME_HEADERS = {
  'Content-Security-Policy': 'Two policies: who may show the document, and what it may do.',
  'Referrer-Policy': 'Links lead away without a trace.',
  'Origin-Agent-Cluster': 'A process of its own, where the browser has one.',
  'Permissions-Policy': 'No camera, no position, no payment.',
  'Integrity-Policy': 'No script without integrity.',
  'X-DNS-Prefetch-Control': 'No look-up of names in what a model writes.',
  'Strict-Transport-Security': 'Never without TLS again.',
};
export const FRAME_REFUSED = 'Every refusal is the same page, byte for byte.';

/** The routes of `config.ts` and `frame.ts`. */
export const EMBEDDING_OPERATIONS: OperationDocs = {
  [`GET ${API_BASE}/config`]: {
    id: 'readConfiguration',
    summary: 'Read what a site may know of a widget',
    about:
      'A page gets it with the `Origin` its browser sends, if that is on the allowlist; the answer has CORS for exactly that ' +
      'origin. A backend gets it with a token of its company’s login and without an `Origin`.',
    tag: 'Embedding',
    guard: 'reader',
    query: explainQuery(keyQuerySchema.entries, {
      key: 'The public key of the widget.',
      l: 'The language that is wanted most, before those of `Accept-Language`.',
    }),
    headers: HAVE_COPY,
    answers: {
      200: {
        about: 'The configuration, to be kept for a minute.',
        schema: configurationAnswerSchema,
        headers: {
          ETag: 'Names these bytes.',
          'Access-Control-Allow-Origin': 'The page that has asked, and no other.',
        },
      },
      304: {
        about: 'The copy is good. Its signature is made anew.',
        headers: {
          ETag: 'Names the bytes of the copy.',
          'Access-Control-Allow-Origin': 'The page that has asked, and no other.',
          'Casement-Signature': 'As for the answer this one stands for, status 200.',
        },
      },
    },
  },
  'GET /frame/:key': {
    id: 'openFrame',
    summary: 'Load the document of the widget’s iframe',
    about: `What an iframe of a listed site loads; \`Referer\` and \`Sec-Fetch-Dest\` are what its browser says. ${FRAME_REFUSED}`,
    tag: 'Embedding',
    guard: 'claimed-embedder',
    path: { key: publicKey },
    query: { o: claim, l: locale },
    answers: {
      200: {
        about: 'The document, with a ticket for one session.',
        mediaTypes: ['text/html'],
        headers: FRAME_HEADERS,
      },
    },
  },
  'POST /frame/:key': {
    id: 'refuseFrameForm',
    summary: 'Refuse a form that is sent to the iframe’s address',
    about: `A claim in a body is no claim. ${FRAME_REFUSED}`,
    tag: 'Embedding',
    guard: 'claimed-embedder',
    path: { key: publicKey },
    answers: {},
  },
};
