import { API_BASE } from '../../../shared/api-path.ts';
import { draftAnswerSchema, saveDraftRequestSchema, savedDraftAnswerSchema } from '../../../shared/draft-api.ts';
import type { OperationDocs } from '../operation.ts';

/** The routes of `draft.ts`. */
export const DRAFT_OPERATIONS: OperationDocs = {
  [`GET ${API_BASE}/draft`]: {
    id: 'readDraft',
    summary: 'Read what the caller has edited and not published',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:write',
    answers: { 200: { about: 'Their draft, or `null`.', schema: draftAnswerSchema } },
  },
  [`PUT ${API_BASE}/draft`]: {
    id: 'saveDraft',
    summary: 'Keep what the caller is editing, for 30 days',
    about: 'In place of the draft they had. What it says is not looked at before it is published.',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:write',
    body: { schema: saveDraftRequestSchema },
    answers: { 200: { about: 'Kept.', schema: savedDraftAnswerSchema } },
  },
  [`DELETE ${API_BASE}/draft`]: {
    id: 'deleteDraft',
    summary: 'Throw away what the caller has edited',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:write',
    answers: { 204: { about: 'There is none any more.' } },
  },
};
