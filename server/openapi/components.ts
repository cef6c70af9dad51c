import * as v from 'valibot';
import { analyticsSchema, countsSchema } from '../../shared/analytics-api.ts';
import { apiErrorSchema } from '../../shared/api-error.ts';
import { auditEntrySchema, auditLogSchema, auditVerificationSchema } from '../../shared/audit-api.ts';
import {
  chatAnswerSchema,
  chatRequestSchema,
  citationSchema,
  replyEventSchemas,
  replySchema,
  revokedEventSchema,
} from '../../shared/chat.ts';
import {
  configurationAnswerSchema,
  configurationSchema,
  textsSchema,
  themeSchema,
} from '../../shared/configuration.ts';
import { conversationListSchema, conversationSchema, visitorMessageSchema } from '../../shared/conversation.ts';
import { draftAnswerSchema, saveDraftRequestSchema, savedDraftAnswerSchema } from '../../shared/draft-api.ts';
import { embedAttemptsSchema } from '../../shared/embed-attempts-api.ts';
import { feedbackRequestSchema } from '../../shared/feedback.ts';
import {
  keyReportSchema,
  revokeKeyAnswerSchema,
  rotateKeyAnswerSchema,
  rotateKeyRequestSchema,
  rotationSchema,
  rotationsAnswerSchema,
} from '../../shared/keys-api.ts';
import {
  articleConflictSchema,
  askedKnowledgeSchema,
  askKnowledgeRequestSchema,
  knowledgeListSchema,
  saveArticleRequestSchema,
  savedArticleSchema,
} from '../../shared/knowledge-api.ts';
import {
  identifyAnswerSchema,
  identifyRequestSchema,
  openSessionAnswerSchema,
  openSessionRequestSchema,
  renewSessionAnswerSchema,
} from '../../shared/session.ts';
import { localeTextsSchema, settingsSchema } from '../../shared/settings.ts';
import {
  actorSchema,
  publicKeyStateSchema,
  restoreSettingsRequestSchema,
  savedSettingsAnswerSchema,
  savedVersionSchema,
  saveSettingsRequestSchema,
  settingsAnswerSchema,
  settingsConflictSchema,
  settingsDiffSchema,
  settingsRefusalSchema,
  settingsWarningSchema,
  versionListSchema,
} from '../../shared/settings-api.ts';
import { settingsChangeSchema } from '../../shared/settings-change.ts';

/**
 * The body of `POST /settings` as it has to be in the end. The server takes it with any settings first, to name all that
 * is wrong with them at once.
 */
export const wholeSaveSettingsRequestSchema = v.strictObject({
  ...saveSettingsRequestSchema.entries,
  settings: settingsSchema,
});

/** Every shape that has a name in the document. Wherever one is used as it is here, the document refers to it. */
export const COMPONENTS: Readonly<Record<string, v.GenericSchema>> = {
  Error: apiErrorSchema,
  Actor: actorSchema,

  OpenSessionRequest: openSessionRequestSchema,
  OpenSessionAnswer: openSessionAnswerSchema,
  RenewSessionAnswer: renewSessionAnswerSchema,
  IdentifyRequest: identifyRequestSchema,
  IdentifyAnswer: identifyAnswerSchema,

  ChatRequest: chatRequestSchema,
  ChatAnswer: chatAnswerSchema,
  Reply: replySchema,
  Citation: citationSchema,
  ReplyStartedEvent: replyEventSchemas['reply-started'],
  ReplyDeltaEvent: replyEventSchemas['reply-delta'],
  ReplyEndedEvent: replyEventSchemas['reply-ended'],
  ReplyFailedEvent: replyEventSchemas['reply-failed'],
  RevokedEvent: revokedEventSchema,
  FeedbackRequest: feedbackRequestSchema,
  VisitorMessage: visitorMessageSchema,
  Conversation: conversationSchema,
  ConversationList: conversationListSchema,

  Theme: themeSchema,
  Texts: textsSchema,
  Configuration: configurationSchema,
  ConfigurationAnswer: configurationAnswerSchema,

  LocaleTexts: localeTextsSchema,
  Settings: settingsSchema,
  SaveSettingsRequest: wholeSaveSettingsRequestSchema,
  RestoreSettingsRequest: restoreSettingsRequestSchema,
  SettingsAnswer: settingsAnswerSchema,
  SavedSettingsAnswer: savedSettingsAnswerSchema,
  SettingsWarning: settingsWarningSchema,
  SettingsRefusal: settingsRefusalSchema,
  SettingsConflict: settingsConflictSchema,
  SavedVersion: savedVersionSchema,
  VersionList: versionListSchema,
  SettingsChange: settingsChangeSchema,
  SettingsDiff: settingsDiffSchema,

  DraftAnswer: draftAnswerSchema,
  SaveDraftRequest: saveDraftRequestSchema,
  SavedDraftAnswer: savedDraftAnswerSchema,

  PublicKeyState: publicKeyStateSchema,
  RotateKeyRequest: rotateKeyRequestSchema,
  RotateKeyAnswer: rotateKeyAnswerSchema,
  Rotation: rotationSchema,
  KeyReport: keyReportSchema,
  RotationsAnswer: rotationsAnswerSchema,
  RevokeKeyAnswer: revokeKeyAnswerSchema,

  SaveArticleRequest: saveArticleRequestSchema,
  SavedArticle: savedArticleSchema,
  ArticleConflict: articleConflictSchema,
  KnowledgeList: knowledgeListSchema,
  AskKnowledgeRequest: askKnowledgeRequestSchema,
  AskedKnowledge: askedKnowledgeSchema,

  Counts: countsSchema,
  Analytics: analyticsSchema,
  EmbedAttempts: embedAttemptsSchema,
  AuditEntry: auditEntrySchema,
  AuditLog: auditLogSchema,
  AuditVerification: auditVerificationSchema,
};
