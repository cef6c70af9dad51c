import type { OperationDocs } from '../operation.ts';
import { DRAFT_OPERATIONS } from './draft.ts';
import { EMBEDDING_OPERATIONS } from './embedding.ts';
import { FILE_OPERATIONS } from './files.ts';
import { INSIGHT_OPERATIONS } from './insight.ts';
import { KEY_OPERATIONS } from './keys.ts';
import { KNOWLEDGE_OPERATIONS } from './knowledge.ts';
import { SESSION_OPERATIONS } from './session.ts';
import { SETTINGS_OPERATIONS } from './settings.ts';
import { SETTINGS_VIEW_OPERATIONS } from './settings-view.ts';
import { VISITOR_OPERATIONS } from './visitor.ts';

/** Every route of the server, by method and path. A test fails for one that is missing here, or that is not there. */
export const ALL_OPERATIONS: OperationDocs = {
  ...SESSION_OPERATIONS,
  ...VISITOR_OPERATIONS,
  ...EMBEDDING_OPERATIONS,
  ...SETTINGS_OPERATIONS,
  ...SETTINGS_VIEW_OPERATIONS,
  ...DRAFT_OPERATIONS,
  ...KEY_OPERATIONS,
  ...KNOWLEDGE_OPERATIONS,
  ...INSIGHT_OPERATIONS,
  ...FILE_OPERATIONS,
};
