import type { ComposedChat } from './compose-chat.ts';
import type { Counting } from './compose-counting.ts';
import type { ComposedKeys } from './compose-keys.ts';
import { composePublished } from './compose-published.ts';
import type { Config } from './config.ts';
import { chatStore } from './domain/chat-store.ts';
import { rememberClosedDays } from './domain/closed-days.ts';
import { createConversations } from './domain/conversation.ts';
import { createReportSampler } from './domain/report-sampler.ts';
import type { SigningKeys } from './domain/secret-keys.ts';
import type { Sessions } from './domain/sessions.ts';
import type { SaveParts } from './domain/settings-save.ts';
import type { Clock } from './gateways/clock.ts';
import type { Route } from './http/guarded-router.ts';
import type { QuickConfigurations } from './http/quick-configurations.ts';
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
import type { Build } from './read-build.ts';
import type { RunningStore } from './start-store.ts';
import { sumHoursByOrigin } from './store/analytics.ts';
import { findDays } from './store/analytics-days.ts';
import { findLatestConversationId } from './store/conversations.ts';
import { rateReply } from './store/messages-replies.ts';

export type RouteParts = {
  readonly config: Config;
  readonly build: Build;
  readonly store: Pick<RunningStore, 'isReachable'>;
  readonly keys: ComposedKeys;
  readonly counting: Counting;
  readonly conversations: ComposedChat;
  readonly sessions: Sessions;
  readonly signingKeys: SigningKeys;
  readonly saveParts: SaveParts;
  readonly quick: QuickConfigurations;
  readonly clock: Clock;
  /** All routes there are, once there are any. */
  readonly listRoutes: () => readonly Route[];
};

/** Every route of both origins. */
export function composeRoutes(parts: RouteParts): readonly Route[] {
  const { config, build, store, clock, listRoutes } = parts;
  return [
    ...createAssetRoutes(build.assets, build.manifest),
    ...composeVisitorRoutes(parts),
    ...composeViewRoutes(parts),
    ...composeAdminRoutes(parts),
    ...createHealthRoutes(() => store.isReachable()),
    ...composePublished({ config, manifest: build.manifest, clock, listRoutes }),
    ...createOpenApiRoutes(build.apiDocument),
  ];
}

/** What the frame, the loader and the company's backend ask. */
function composeVisitorRoutes(parts: RouteParts): readonly Route[] {
  const { config, build, keys, counting, conversations, sessions, quick, clock } = parts;
  const { widgetOrigin, assetBaseUrl } = config;
  const { analytics, attempts, limits } = counting;
  const { chat, streams } = conversations;
  const { keyRing, uses: keyUses } = keys;
  return [
    ...createFrameRoutes({ widgetOrigin, assetBaseUrl, manifest: build.manifest, sessions, analytics }),
    ...createConfigRoutes({ keyRing, analytics, quick, now: () => clock.now() }),
    ...createConfigurationRoutes(),
    ...createSessionRoutes({
      sessions,
      streams,
      identify: { sessions, findLatestConversationId, clock, keyRing, keyUses },
    }),
    ...createChatRoutes({ chat, streams, limits }),
    ...createConversationRoutes(createConversations({ store: chatStore, clock })),
    ...createFeedbackRoutes({ store: chatStore, rateReply, analytics, clock }),
    ...createReportRoutes({ attempts, limits, sampler: createReportSampler(() => performance.now()) }),
  ];
}

/** What a dashboard shows: the settings view, and in it the preview. Without a settings origin there is neither. */
function composeViewRoutes({ config, build }: RouteParts): readonly Route[] {
  const { widgetOrigin, settingsOrigin, assetBaseUrl } = config;
  if (settingsOrigin === undefined) return [];
  const view = { widgetOrigin, settingsOrigin, assetBaseUrl, manifest: build.manifest };
  return [...createSettingsViewRoutes(view), ...createPreviewDocumentRoutes(view)];
}

/** What an admin asks, from the settings view or from the dashboard's own code. */
function composeAdminRoutes(parts: RouteParts): readonly Route[] {
  const { config, build, keys, counting, conversations, signingKeys, saveParts, clock } = parts;
  const { siteRules } = saveParts;
  return [
    ...createInstallationRoutes({
      widgetOrigin: config.widgetOrigin,
      manifest: build.manifest,
      model: config.model?.name,
    }),
    ...createSettingsRoutes(saveParts),
    ...createSettingsVersionRoutes(saveParts),
    ...createDraftRoutes({ clock }),
    ...createPreviewRoutes({ siteRules, clock, ticketKey: signingKeys.previewTicket }),
    ...createKeyRoutes(keys.keyParts),
    ...createUnansweredRoutes(),
    ...createKnowledgeRoutes({ knowledge: conversations.knowledge, clock }),
    ...createAuditRoutes({ clock }),
    ...createAnalyticsRoutes({
      analytics: counting.analytics,
      store: rememberClosedDays({ findDays, sumHoursByOrigin }, clock),
      now: () => clock.now(),
    }),
  ];
}
