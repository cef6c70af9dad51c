import type { Calls } from '../api-stage.ts';
import { DRAFT_CALLS } from './draft-calls.ts';
import { EMBEDDING_CALLS } from './embedding-calls.ts';
import { FILE_CALLS } from './file-calls.ts';
import { INSIGHT_CALLS } from './insight-calls.ts';
import { KEY_CALLS } from './key-calls.ts';
import { KNOWLEDGE_CALLS } from './knowledge-calls.ts';
import { SESSION_CALLS } from './session-calls.ts';
import { SETTINGS_CALLS } from './settings-calls.ts';
import { SETTINGS_VIEW_CALLS } from './settings-view-calls.ts';
import { VISITOR_CALLS } from './visitor-calls.ts';

/** How every operation is called, at least once as it should be and once as it should not. */
export const ALL_CALLS: Calls = {
  ...SESSION_CALLS,
  ...VISITOR_CALLS,
  ...EMBEDDING_CALLS,
  ...SETTINGS_CALLS,
  ...SETTINGS_VIEW_CALLS,
  ...DRAFT_CALLS,
  ...KEY_CALLS,
  ...KNOWLEDGE_CALLS,
  ...INSIGHT_CALLS,
  ...FILE_CALLS,
};
