import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { composeAdmin } from './compose-admin.ts';
import { composeCounting } from './compose-counting.ts';
import { composeKeys } from './compose-keys.ts';
import { composePublished } from './compose-published.ts';
import type { Config } from './config.ts';
import { Chat } from './domain/chat.ts';
import { chatStore } from './domain/chat-store.ts';
import { rememberClosedDays } from './domain/closed-days.ts';
import { createConversations } from './domain/conversation.ts';
import { createKnowledge } from './domain/knowledge.ts';
import type { LimitTable } from './domain/limit-table.ts';
import { createReportSampler } from './domain/report-sampler.ts';
import { createRetention } from './domain/retention.ts';
import { createFindRevoked } from './domain/revocation.ts';
import { createSecretBox } from './domain/secret-box.ts';
import { deriveSigningKeys } from './domain/secret-keys.ts';
import { createSessions } from './domain/sessions.ts';
import type { SaveParts } from './domain/settings-save.ts';
import { createWidgetDirectory, type WidgetDirectory } from './domain/widget-directory.ts';
import type { Clock } from './gateways/clock.ts';
import { createModelGateway } from './gateways/create-model-gateway.ts';
import { type App, createApp } from './http/app.ts';
import { createDashboardGuard } from './http/dashboard-guard.ts';
import { EventStreams } from './http/event-streams.ts';
import type { Route } from './http/guarded-router.ts';
import { createGuards } from './http/guards.ts';
import { limitGuards } from './http/limited-guards.ts';
import { createPreviewGuard } from './http/preview-guard.ts';
import { createQuickConfigurations } from './http/quick-configurations.ts';
import { noteRefusedEmbeds } from './http/refused-embeds.ts';
import { createAnalyticsRoutes } from './http/routes/analytics.ts';
import { createAssetRoutes } from './http/routes/assets.ts';
import { createAuditRoutes } from './http/routes/audit-log.ts';
import { createChatRoutes } from './http/routes/chat.ts';
import { createConfigRoutes } from './http/routes/config.ts';
import { createConfigurationRoutes } from './http/routes/configuration.ts';
import { createConversationRoutes } from './http/routes/conversations.ts';
import { createDraftRoutes } from './http/routes/draft.ts';
import { createFeedbackRoutes } from './http/routes/feedback.ts';
import { createFrameRoutes } from './http/routes/frame.ts';
import { createHealthRoutes } from './http/routes/health.ts';
import { createInstallationRoutes } from './http/routes/installation.ts';
import { createKeyRoutes } from './http/routes/keys.ts';
import { createKnowledgeRoutes } from './http/routes/knowledge.ts';
import { createOpenApiRoutes } from './http/routes/openapi.ts';
import { createPreviewRoutes } from './http/routes/preview.ts';
import { createPreviewDocumentRoutes } from './http/routes/preview-document.ts';
import { createReportRoutes } from './http/routes/reports.ts';
import { createSessionRoutes } from './http/routes/session.ts';
import { createSettingsRoutes } from './http/routes/settings.ts';
import { createSettingsVersionRoutes } from './http/routes/settings-versions.ts';
import { createSettingsViewRoutes } from './http/routes/settings-view.ts';
import { createUnansweredRoutes } from './http/routes/unanswered.ts';
import { readBuild } from './read-build.ts';
import type { Secrets } from './start-secrets.ts';
import type { RunningStore } from './start-store.ts';
import { sumHoursByOrigin } from './store/analytics.ts';
import { findDays } from './store/analytics-days.ts';
import { findLatestConversationId } from './store/conversations.ts';
import { findArticles } from './store/knowledge.ts';
import { findKnowledgeVersion } from './store/knowledge-versions.ts';
import { rateReply } from './store/messages-replies.ts';
import { findEndedSince } from './store/sessions.ts';
import { deleteSilent } from './store/silent-conversations.ts';
import { toStoreError } from './store/store-error.ts';
import { dropUnansweredBefore } from './store/unanswered.ts';
import { findRetentions } from './store/widget-settings.ts';

type Parts = {
  readonly config: Config;
  readonly store: RunningStore;
  readonly secrets: Secrets;
  /** What the build wrote. */
  readonly dist: string;
  /** In place of the limits that hold for everybody. */
  readonly limitTable: LimitTable | undefined;
  readonly clock: Clock;
  readonly log: Logger;
};

export type ComposedApp = {
  readonly app: App;
  /** Answers a request. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly directory: WidgetDirectory;
  /** For whoever saves settings without a request. */
  readonly saveParts: SaveParts;
  /** Refuses new requests, ends the running ones while `closeListeners` closes what they came in by. */
  stop(closeListeners: () => Promise<void>): Promise<void>;
};

/** Puts the floors together: gateways and store below, the domain's verbs on them, the routes on top. */
export async function composeApp({
  config,
  store,
  secrets,
  dist,
  limitTable,
  clock,
  log,
}: Parts): Promise<ComposedApp> {
  const { widgetOrigin, settingsOrigin, assetBaseUrl } = config;
  const { manifest, assets, apiDocument } = await readBuild(dist, config);
  const directory = createWidgetDirectory({ widgetOrigin, clock });
  const ownOrigins = settingsOrigin === undefined ? [widgetOrigin] : [widgetOrigin, settingsOrigin];
  const siteRules = { ownOrigins, allowsLoopbackHttp: config.mode !== 'production' };
  const secretBox = createSecretBox(secrets.secretsKeys);
  const saveParts: SaveParts = { widgetOrigin, siteRules, directory, clock, secretBox };
  const keys = composeKeys({ directory, secretBox, clock, log });
  const { adminLogin, admin } = composeAdmin({ config, secrets, clock });
  const signingKeys = deriveSigningKeys(secrets.session);
  const sessions = createSessions({
    signingKeys,
    directory,
    findLatestConversationId,
    clock,
    settingsOrigin,
  });
  const counting = await composeCounting({ config, limitTable, directory, clock, log });
  const { limits, quota, analytics, attempts, unanswered } = counting;
  const sums = rememberClosedDays({ findDays, sumHoursByOrigin }, clock);
  const knowledge = createKnowledge({ findArticles, findKnowledgeVersion });
  const chat = new Chat({
    store: chatStore,
    modelGateway: createModelGateway(config.model),
    knowledge,
    quota,
    analytics,
    unanswered,
    clock,
    ownerId: randomUUID(),
    log,
  });
  const interrupted = await chat.interruptAbandoned(store.isExclusive ? 'every' : 'expired');
  if (interrupted > 0) log.warn({ interrupted }, 'Replies that an earlier process left unfinished were interrupted');
  const streams = new EventStreams({
    signingKeyOf: sessions.signingKeyOf,
    findRevoked: createFindRevoked({ directory, findEndedSince, clock }),
    onFailure: (err) => log.warn({ err }, 'It is not known whether keys of open streams were revoked'),
  });
  const retention = createRetention({ store: { deleteSilent, findRetentions, dropUnansweredBefore }, clock, log });
  let isStopping = false;

  const quick = createQuickConfigurations({
    directory,
    limits,
    analytics,
    keyUses: keys.uses,
    trustProxyHops: config.trustProxyHops,
    isStopping: () => isStopping,
    now: () => clock.now(),
    log,
  });

  const guards = createGuards({
    widgetOrigin,
    directory,
    sessions,
    adminLogin,
    admin: keys.signForAdmins(admin),
    dashboard: createDashboardGuard(config.dashboardOrigins),
    preview: createPreviewGuard(config),
    keyUses: keys.uses,
  });

  const app: App = createApp({
    origins: config,
    dashboardOrigins: config.dashboardOrigins,
    log,
    guards: limitGuards(noteRefusedEmbeds(guards, attempts), limits),
    routes: [
      ...createAssetRoutes(assets, manifest),
      ...createFrameRoutes({ widgetOrigin, assetBaseUrl, manifest, sessions, analytics }),
      ...(settingsOrigin === undefined
        ? []
        : createViewRoutes({ widgetOrigin, settingsOrigin, assetBaseUrl, manifest })),
      ...createInstallationRoutes({ widgetOrigin, manifest, model: config.model?.name }),
      ...createConfigRoutes({ keyRing: keys.keyRing, analytics, quick, now: () => clock.now() }),
      ...createConfigurationRoutes(),
      ...createSessionRoutes({
        sessions,
        streams,
        identify: { sessions, findLatestConversationId, clock, keyRing: keys.keyRing, keyUses: keys.uses },
      }),
      ...createChatRoutes({ chat, streams, limits }),
      ...createConversationRoutes(createConversations({ store: chatStore, clock })),
      ...createFeedbackRoutes({ store: chatStore, rateReply, analytics, clock }),
      ...createSettingsRoutes(saveParts),
      ...createSettingsVersionRoutes(saveParts),
      ...createDraftRoutes({ clock }),
      ...createPreviewRoutes({ siteRules, clock, ticketKey: signingKeys.previewTicket }),
      ...createKeyRoutes(keys.keyParts),
      ...createUnansweredRoutes(),
      ...createKnowledgeRoutes({ knowledge, clock }),
      ...createAuditRoutes({ clock }),
      ...createAnalyticsRoutes({ analytics, store: sums, now: () => clock.now() }),
      ...createReportRoutes({ attempts, limits, sampler: createReportSampler(() => performance.now()) }),
      ...createHealthRoutes(() => store.isReachable()),
      ...composePublished({ config, manifest, clock, listRoutes: () => app.routes }),
      ...createOpenApiRoutes(apiDocument),
    ],
    toAppError: toStoreError,
    isStopping: () => isStopping,
    trustProxyHops: config.trustProxyHops,
    now: () => clock.now(),
  });

  return {
    app,
    handle: quick.before(app.koa.callback()),
    directory,
    saveParts,
    async stop(closeListeners) {
      isStopping = true;
      const closed = closeListeners();
      // Replies that complete in time are read to their end; what is still open then is resumed elsewhere.
      await chat.shutdown(config.shutdownGraceMs);
      streams.close();
      await closed;
      await retention.stop();
      await counting.stop();
      await keys.uses.stop();
    },
  };
}

/** What a dashboard shows: the settings view, and in it the preview. */
function createViewRoutes(parts: Parameters<typeof createSettingsViewRoutes>[0]): readonly Route[] {
  return [...createSettingsViewRoutes(parts), ...createPreviewDocumentRoutes(parts)];
}
