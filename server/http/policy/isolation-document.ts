import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { FRAME_ATTRIBUTES, type FrameAttributes } from '../../../shared/frame-element.ts';
import { type IsolationDocument, isolationDocumentSchema } from '../../../shared/isolation-document.ts';
import { MESSAGE_DESCRIPTIONS } from '../../../shared/message-schema.ts';
import type { Origin } from '../../../shared/origin.ts';
import { SESSION_LIFETIME_SECONDS, SESSION_LONGEST_SECONDS, TICKET_LIFETIME_SECONDS } from '../../../shared/session.ts';
import { SETTINGS_FRAME_ATTRIBUTES } from '../../../shared/settings-frame-element.ts';
import { LONGEST_IDENTITY_SECONDS } from '../../domain/identity-token.ts';
import { STREAM_TIMES } from '../event-streams.ts';
import { FRAME_PATHS } from '../frame-refusal.ts';
import type { Route } from '../guarded-router.ts';
import { SURFACES } from '../surface.ts';
import { describeAnswers } from './answer-headers.ts';
import { type Connections, listDataFlows } from './data-flows.ts';
import { COOKIES, STORAGE } from './kept-in-browsers.ts';

/** What of an installation is published. */
export type Installation = {
  readonly widgetOrigin: Origin;
  readonly settingsOrigin: Origin | undefined;
  readonly dashboardOrigins: readonly Origin[];
  readonly assetBaseUrl: string;
  readonly securityContact: string | undefined;
  /** How long a token of the login may be valid; absent if nobody can log in. */
  readonly adminMaxAgeSeconds: number | undefined;
  readonly build: string;
  readonly connections: Connections;
};

/**
 * What this installation does, made from what it does it with: the routes that are registered, the headers they set, the
 * guards of the messages, the lifetimes that tokens are given.
 */
export function describeIsolation(installation: Installation, routes: readonly Route[]): IsolationDocument {
  const { widgetOrigin, settingsOrigin, assetBaseUrl } = installation;
  return v.parse(isolationDocumentSchema, {
    schemaVersion: 1,
    build: installation.build,
    contact: installation.securityContact ?? null,
    origins: {
      widget: widgetOrigin,
      settings: settingsOrigin ?? null,
      assets: new URL(assetBaseUrl).origin,
      dashboards: [...installation.dashboardOrigins],
    },
    frames: [
      describeFrame('chat', '/frame/:key', FRAME_ATTRIBUTES),
      ...(settingsOrigin === undefined
        ? []
        : [
            describeFrame('settings', '/settings/:widget', SETTINGS_FRAME_ATTRIBUTES),
            describeFrame('preview', '/preview/:widget', FRAME_ATTRIBUTES),
          ]),
    ],
    routes: routes.map((route) => describeRoute(route, widgetOrigin === settingsOrigin)),
    answers: describeAnswers({ widgetOrigin, settingsOrigin, assetBaseUrl }),
    messages: MESSAGE_DESCRIPTIONS.map((message) => ({ ...message, schema: toJsonSchema(message.schema) })),
    lifetimesSeconds: {
      ticket: TICKET_LIFETIME_SECONDS,
      session: SESSION_LIFETIME_SECONDS,
      longestSession: SESSION_LONGEST_SECONDS,
      visitorIdentity: LONGEST_IDENTITY_SECONDS,
      adminLogin: installation.adminMaxAgeSeconds ?? null,
      eventStream: STREAM_TIMES.longestMs / 1000,
    },
    cookies: COOKIES,
    storage: STORAGE,
    dataFlows: listDataFlows(installation.connections),
  });
}

function describeFrame(
  name: string,
  path: string,
  { sandbox, allow, referrerPolicy }: FrameAttributes,
): IsolationDocument['frames'][number] {
  return { name, path, attributes: { sandbox: sandbox.split(' '), allow, referrerpolicy: referrerPolicy } };
}

function describeRoute(
  { method, path, guard, permission, answers }: Route,
  isOneOrigin: boolean,
): IsolationDocument['routes'][number] {
  return {
    method,
    path,
    origins: isOneOrigin ? ['widget', 'settings'] : [...SURFACES[guard]],
    caller: guard,
    ...(permission !== undefined && { permission }),
    answers: [...answers],
    refusal: FRAME_PATHS.test(path) ? 'refused-frame' : 'error',
  };
}
