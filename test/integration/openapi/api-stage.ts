import { randomUUID } from 'node:crypto';
import type { Widget } from '../../../server/domain/widget.ts';
import type { ChatAnswer } from '../../../shared/chat.ts';
import type { ErrorCode } from '../../../shared/error-code.ts';
import type { ConversationId, MessageId, ReplyId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/permission.ts';
import type { PublicKey } from '../../../shared/public-key.ts';
import { type AdminAnswer, type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { askFrame, type FrameVisitor, openVisitor, readBoot } from '../../support/frame-visitor.ts';
import type { Casement } from '../../support/start-casement.ts';

export const SHOP = 'https://shop.example';

type Texts = Readonly<Record<string, string>>;

/** A request by the names the document uses. */
export type Sent = {
  readonly path?: Texts;
  readonly query?: Texts;
  readonly headers?: Texts;
  readonly body?: unknown;
  /** What the body calls itself; `application/json` unless told. */
  readonly mediaType?: string;
};

/** One call of an operation and what has to come back. */
export type Call = {
  /** What the operation does then, such as `refuses a stranger`. */
  readonly it: string;
  readonly send: (stage: ApiStage) => Sent | Promise<Sent>;
  readonly status: number;
  readonly code?: ErrorCode;
  /** The request is not one the document allows, and the test makes sure that it says so. */
  readonly isUndocumented?: true;
};

/** By method and path as the router has them; at least one success and one refusal each. */
export type Calls = Readonly<Record<string, readonly Call[]>>;

/** A widget with one visitor, who has asked one question and got a reply. */
export type ApiStage = {
  readonly casement: Casement;
  readonly widget: Widget;
  readonly publicKey: PublicKey;
  readonly visitor: FrameVisitor;
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
  readonly replyId: ReplyId;
  /** Headers of an admin's request. */
  as(role: Role): Promise<Texts>;
  /** Headers of the visitor's request: what the frame's browser sends. */
  readonly asVisitor: Texts;
  /** Asks as the owner, to arrange something. */
  owner(request: AdminRequest): Promise<AdminAnswer>;
  /** A ticket that was not used yet. */
  newTicket(): Promise<string>;
};

export async function createApiStage(casement: Casement): Promise<ApiStage> {
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  const site = { publicKey, origin: SHOP };
  const visitor = await openVisitor(casement, site);
  const answer = await visitor.ask({
    method: 'POST',
    path: '/chat',
    headers: { accept: 'application/json' },
    body: { messageId: randomUUID(), text: 'What do you sell?' },
  });
  const { conversationId, reply }: ChatAnswer = JSON.parse(answer.body);
  const company = widget.companyId;
  return {
    casement,
    widget,
    publicKey,
    visitor,
    conversationId,
    messageId: reply.replyTo,
    replyId: reply.id,
    as: async (role) => ({ authorization: `Bearer ${await signAdminToken({ company, role })}` }),
    asVisitor: { authorization: `Bearer ${visitor.token}`, origin: casement.origin, 'sec-fetch-site': 'same-origin' },
    owner: (request) => askAdmin(casement, { company }, request),
    newTicket: async () => readBoot((await askFrame(casement, site)).body).ticket,
  };
}

/** The refusals that every operation for admins has. */
export function refusesStrangers(request: Omit<Sent, 'headers'> = {}): readonly Call[] {
  return [
    { it: 'refuses who has no token', send: () => request, status: 401, code: 'ADMIN_TOKEN_MISSING' },
    {
      it: 'refuses a role that may not',
      send: async (stage) => ({ ...request, headers: await stage.as('service') }),
      status: 403,
      code: 'PERMISSION_DENIED',
    },
  ];
}

/** The refusals that every operation for visitors has. */
export function refusesWithoutSession(
  request: (stage: ApiStage) => Omit<Sent, 'headers'> = () => ({}),
): readonly Call[] {
  return [
    {
      it: 'refuses who has no session',
      send: (stage) => ({ ...request(stage), headers: { origin: stage.casement.origin } }),
      status: 401,
      code: 'SESSION_MISSING',
    },
    {
      it: 'refuses another page',
      send: (stage) => ({ ...request(stage), headers: { ...stage.asVisitor, origin: SHOP } }),
      status: 403,
      code: 'CROSS_SITE_REQUEST',
    },
  ];
}
