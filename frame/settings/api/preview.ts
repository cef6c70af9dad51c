import { previewAnswerSchema } from '../../../shared/preview-api.ts';
import type { AdminApi } from './admin-api.ts';

/**
 * A ticket for the one preview document that has `nonce` in its address. Throws `DRAFT_NOT_FOUND` if the server keeps no
 * draft, and `INVALID_REQUEST` with its problems if that is not valid.
 */
export async function getPreviewTicket(api: AdminApi, nonce: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(nonce));
  const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  const { ticket } = await api.ask({ method: 'POST', path: '/preview', body: { challenge } }, previewAnswerSchema);
  return ticket;
}
