import { API_BASE } from '../../../shared/api-path.ts';
import { draftAnswerSchema, saveDraftRequestSchema, savedDraftAnswerSchema } from '../../../shared/draft-api.ts';
import { previewAnswerSchema, previewRequestSchema } from '../../../shared/preview-api.ts';
import { settingsRefusalSchema } from '../../../shared/settings-api.ts';
import type { OperationDocs } from '../operation.ts';

/** The routes of `draft.ts` and `preview.ts`. */
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
  [`POST ${API_BASE}/preview`]: {
    id: 'openPreview',
    summary: 'Get a ticket to chat with what the caller has edited',
    about:
      'The ticket is for the document of the preview whose nonce has this hash: it works once, for 60 seconds, and only ' +
      'while the draft is there. Nothing of the chat is counted, and no visitor sees it.',
    tag: 'Settings',
    guard: 'admin',
    permission: 'settings:write',
    body: { schema: previewRequestSchema },
    answers: { 200: { about: 'The ticket.', schema: previewAnswerSchema } },
    errors: ['DRAFT_NOT_FOUND'],
    errorSchemas: { INVALID_REQUEST: settingsRefusalSchema },
  },
};
