import { randomUUID } from 'node:crypto';
import type { Origin } from '../../shared/origin.ts';
import { AppError } from '../errors.ts';
import { findDraftById } from '../store/drafts.ts';
import { insertSession } from '../store/sessions.ts';
import { readPreviewTicket } from './preview-ticket.ts';
import { findPreviewedWidget } from './preview-widget.ts';
import { answerOpened, type OpenedSession, type OpeningParts } from './session-opening.ts';
import { lastMoment } from './session-token.ts';
import type { Widget } from './widget.ts';

export type PreviewRequest = { readonly ticket: string; readonly proof: string };

/**
 * Swaps a preview ticket for a session with the draft, once. Nothing of it is remembered anywhere: no cookie, no visitor
 * who could come back. Throws AppError `TICKET_*`; `TICKET_INVALID` also if the draft is gone.
 */
export async function openPreview(
  { ticket, proof }: PreviewRequest,
  settingsOrigin: Origin,
  { signingKeys, clock }: Pick<OpeningParts, 'signingKeys' | 'clock'>,
): Promise<OpenedSession> {
  const startedAt = clock.now();
  const { sessionId, draftId } = await readPreviewTicket(ticket, proof, {
    ticketKey: signingKeys.previewTicket,
    now: startedAt,
  });
  const draft = await findDraftById(draftId, startedAt);
  if (draft === undefined) throw new AppError('TICKET_INVALID', { message: 'The draft of this ticket is gone' });
  const { id: widgetId } = await findPreviewedWidget(draft);
  const browserId = randomUUID();
  const place = { widgetId, origin: settingsOrigin };
  if (!(await insertSession({ id: sessionId, ...place, browserId, startedAt, expireAt: lastMoment(startedAt) }))) {
    throw new AppError('TICKET_USED');
  }
  const claims = { sessionId, browserId, draftId, origin: settingsOrigin, startedAt };
  return {
    sessionId,
    place,
    answer: { ...(await answerOpened(claims, signingKeys, startedAt)), conversationId: null },
  };
}

/** What a preview's session talks to now. Throws AppError `SESSION_ENDED` if the draft is gone. */
export async function requirePreviewedWidget(draftId: string, now: Date): Promise<Widget> {
  const draft = await findDraftById(draftId, now);
  if (draft === undefined) throw new AppError('SESSION_ENDED', { message: 'The draft of this preview is gone' });
  return findPreviewedWidget(draft);
}
