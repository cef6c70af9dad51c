import { createHash, randomBytes } from 'node:crypto';
import { type AdminAnswer, askAdmin } from './admin-api.ts';
import type { Admin } from './admin-token.ts';
import { askApi, type FrameVisitor } from './frame-visitor.ts';
import type { RawAnswer } from './raw-http.ts';
import type { Casement } from './start-casement.ts';

/** The nonce of a preview's document, and what its settings view tells the server of it. */
export type PreviewNonce = { readonly proof: string; readonly challenge: string };

export function createPreviewNonce(): PreviewNonce {
  const proof = randomBytes(16).toString('hex');
  return { proof, challenge: createHash('sha256').update(proof).digest('base64url') };
}

/** Keeps `settings` as the admin's draft. */
export async function putDraft(casement: Casement, admin: Admin, settings: unknown): Promise<void> {
  const body = { baseVersion: 1, settings };
  const answer = await askAdmin(casement, admin, { method: 'PUT', path: '/draft', body });
  if (answer.status !== 200) throw new Error(`No draft: ${answer.status} ${answer.body}`);
}

/** Asks for a ticket for the admin's draft, as the settings view does. */
export function askForTicket(casement: Casement, admin: Admin, { challenge }: PreviewNonce): Promise<AdminAnswer> {
  return askAdmin(casement, admin, { method: 'POST', path: '/preview', body: { challenge } });
}

/** Swaps a ticket for a session, as the document of the preview does. */
export function swapTicket(
  casement: Casement,
  body: { readonly ticket: string; readonly proof?: string },
  headers: Readonly<Record<string, string>> = {},
) {
  return askApi(casement, { method: 'POST', path: '/session', body, headers });
}

export type PreviewVisitor = Pick<FrameVisitor, 'token' | 'ask'> & { readonly opening: RawAnswer };

/** A preview of the admin's draft, ready to chat. */
export async function openPreviewVisitor(casement: Casement, admin: Admin): Promise<PreviewVisitor> {
  const nonce = createPreviewNonce();
  const { ticket } = (await askForTicket(casement, admin, nonce)).json;
  const opening = await swapTicket(casement, { ticket, proof: nonce.proof });
  if (opening.status !== 200) throw new Error(`No session: ${opening.status} ${opening.body}`);
  const { token } = JSON.parse(opening.body);
  return { token, opening, ask: (request) => askApi(casement, { ...request, token }) };
}
