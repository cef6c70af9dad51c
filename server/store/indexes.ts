import type { Model } from 'mongoose';
import { AnalyticsModel } from './analytics.ts';
import { AnalyticsDayModel } from './analytics-days.ts';
import { AuditEntryModel } from './audit-log.ts';
import { ConversationModel } from './conversations.ts';
import { DraftModel } from './drafts.ts';
import { EmbedAttemptModel } from './embed-attempts.ts';
import { KeyRotationModel } from './key-rotations.ts';
import { KeyUseModel } from './key-uses.ts';
import { ArticleModel } from './knowledge.ts';
import { KnowledgeVersionModel } from './knowledge-versions.ts';
import { MessageModel } from './messages.ts';
import { SessionModel } from './sessions.ts';
import { SettingsVersionModel } from './settings-versions.ts';
import { UnansweredModel } from './unanswered.ts';
import { VisitorModel } from './visitors.ts';
import { WidgetSettingsModel } from './widget-settings.ts';

type AnyModel = Pick<Model<unknown>, 'createCollection' | 'createIndexes' | 'modelName'>;

const MODELS: readonly AnyModel[] = [
  WidgetSettingsModel,
  SettingsVersionModel,
  DraftModel,
  AuditEntryModel,
  KeyRotationModel,
  KeyUseModel,
  SessionModel,
  VisitorModel,
  ConversationModel,
  MessageModel,
  ArticleModel,
  KnowledgeVersionModel,
  UnansweredModel,
  AnalyticsModel,
  AnalyticsDayModel,
  EmbedAttemptModel,
];

/**
 * Creates every collection and index that is not there yet. Unique indexes carry promises, such as that one message is
 * answered once, so nothing may be served before this resolves. Safe to run on many processes at once.
 */
export async function createIndexes(): Promise<void> {
  for (const model of MODELS) {
    await model.createCollection();
    await model.createIndexes();
  }
}
