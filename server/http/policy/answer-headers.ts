import { FRAME_SANDBOX } from '../../../shared/frame-element.ts';
import type { AnswerDescription } from '../../../shared/isolation-document.ts';
import type { Origin } from '../../../shared/origin.ts';
import { SIGNATURE_HEADER } from '../../../shared/signature.ts';
import type { AnswerKind } from '../answer-kind.ts';
import { BASE_HEADERS } from '../base-headers.ts';
import { configurationHeaders } from '../configuration-headers.ts';
import { dashboardHeaders, preflightHeaders } from '../dashboard-cors.ts';
import { STREAM_HEADERS } from '../event-stream.ts';
import { frameHeaders } from '../frame-headers.ts';
import { REFUSAL_HEADERS } from '../frame-refusal.ts';
import { publishedHeaders } from '../published-answer.ts';
import { RATE_LIMIT_HEADERS } from '../rate-limit-headers.ts';
import { ASSET_CACHING } from '../routes/assets.ts';
import { currentConfigurationHeaders } from '../routes/configuration.ts';
import { previewHeaders } from '../routes/preview-document.ts';
import { settingsViewHeaders } from '../routes/settings-view.ts';
import { assetHeaders } from '../static-assets.ts';

/** How a route refuses, and what a dashboard's browser asks before it asks a route. */
export type OtherAnswer = 'error' | 'refused-frame' | 'preflight';

type Sources = {
  readonly widgetOrigin: Origin;
  readonly settingsOrigin: Origin | undefined;
  readonly assetBaseUrl: string;
};

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };
const REQUEST_ID = { 'X-Request-Id': '{request id}' };
const SIGNED = { [SIGNATURE_HEADER]: 't={seconds},kid={key},v1={mac}' };
const SHARED = { Vary: 'Origin', ...dashboardHeaders('{dashboard}') };
const LIMITED = Object.fromEntries(RATE_LIMIT_HEADERS.map((name) => [name, '{allowance}']));
const etag = '{etag}';

type OfSettings = 'settings-frame' | 'preview-frame';
type Kind = Exclude<AnswerKind, OfSettings> | OtherAnswer;

/** The headers of every kind of answer, from what the routes themselves set. */
export function describeAnswers(
  sources: Sources,
): Readonly<Record<Kind, AnswerDescription> & Partial<Record<OfSettings, AnswerDescription>>> {
  const { widgetOrigin, settingsOrigin, assetBaseUrl } = sources;
  const ofAll = { ...BASE_HEADERS, ...REQUEST_ID };
  const file = (cacheControl: string): AnswerDescription => ({
    always: { ...ofAll, ...assetHeaders({ contentType: '{type}', cacheControl, etag }) },
    sometimes: { 'Content-Encoding': '{encoding}' },
  });
  const published = (contentType: string): AnswerDescription => ({
    always: { ...ofAll, ...publishedHeaders({ contentType, etag }) },
    sometimes: {},
  });
  return {
    json: { always: { ...ofAll, ...JSON_TYPE }, sometimes: { ...SIGNED, ...LIMITED, ...SHARED } },
    nothing: { always: ofAll, sometimes: { ...LIMITED, ...SHARED } },
    frame: {
      always: {
        ...ofAll,
        ...frameHeaders('{embedder}', { ownOrigin: widgetOrigin, assetBaseUrl, sandbox: FRAME_SANDBOX }),
      },
      sometimes: {},
    },
    ...(settingsOrigin !== undefined && {
      'settings-frame': {
        always: { ...ofAll, ...settingsViewHeaders('{dashboard}', { ...sources, settingsOrigin }) },
        sometimes: {},
      },
      'preview-frame': {
        always: { ...ofAll, ...previewHeaders('{dashboard}', { ...sources, settingsOrigin }) },
        sometimes: {},
      },
    }),
    'event-stream': { always: { ...ofAll, ...STREAM_HEADERS }, sometimes: LIMITED },
    configuration: { always: { ...ofAll, ...configurationHeaders({ origin: '{embedder}', etag }) }, sometimes: SIGNED },
    'configuration-for-backend': {
      always: { ...ofAll, ...configurationHeaders({ origin: undefined, etag }) },
      sometimes: SIGNED,
    },
    'current-configuration': {
      always: { ...ofAll, ...currentConfigurationHeaders(etag) },
      sometimes: { ...JSON_TYPE, ...SIGNED, ...LIMITED },
    },
    'current-file': file(ASSET_CACHING.current),
    'hashed-file': file(ASSET_CACHING.hashed),
    'published-json': published('application/json; charset=utf-8'),
    'published-text': published('text/plain; charset=utf-8'),
    error: {
      always: { ...ofAll, ...JSON_TYPE },
      sometimes: {
        ...SIGNED,
        ...LIMITED,
        ...SHARED,
        Allow: '{methods}',
        'Retry-After': '{seconds}',
        'WWW-Authenticate': 'Bearer',
      },
    },
    'refused-frame': { always: REFUSAL_HEADERS, sometimes: { 'Retry-After': '{seconds}' } },
    preflight: { always: { ...ofAll, ...SHARED, ...preflightHeaders('{methods}') }, sometimes: {} },
  };
}
