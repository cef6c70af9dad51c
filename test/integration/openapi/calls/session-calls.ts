import { SignJWT } from 'jose';
import { API_BASE } from '../../../../shared/api-path.ts';
import { type ApiStage, type Calls, refusesWithoutSession, SHOP } from '../api-stage.ts';

const BASE = `${API_BASE}/session`;
const ownPage = ({ casement }: ApiStage) => ({ origin: casement.origin });

/** What the company's backend signs, with an identity key that was just made. */
async function signIdentity({ owner, publicKey }: ApiStage, expires: string): Promise<string> {
  const { json } = await owner({ method: 'POST', path: '/rotate-key', body: { target: 'identity' } });
  return await new SignJWT({ sub: 'customer-1', aud: publicKey })
    .setProtectedHeader({ alg: 'HS256', kid: json.key.id })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(json.key.secret));
}

export const SESSION_CALLS: Calls = {
  [`POST ${BASE}`]: [
    {
      it: 'opens',
      send: async (stage) => ({ headers: ownPage(stage), body: { ticket: await stage.newTicket() } }),
      status: 200,
    },
    {
      it: 'refuses a ticket that is none',
      send: (stage) => ({ headers: ownPage(stage), body: { ticket: 'none' } }),
      status: 401,
      code: 'TICKET_INVALID',
    },
    {
      it: 'refuses a body without a ticket',
      send: (stage) => ({ headers: ownPage(stage), body: {} }),
      status: 400,
      code: 'INVALID_REQUEST',
      isUndocumented: true,
    },
    {
      it: 'refuses another page',
      send: async ({ newTicket }) => ({ headers: { origin: SHOP }, body: { ticket: await newTicket() } }),
      status: 403,
      code: 'CROSS_SITE_REQUEST',
    },
  ],
  [`POST ${BASE}/renew`]: [
    { it: 'renews', send: ({ asVisitor }) => ({ headers: asVisitor }), status: 200 },
    {
      it: 'refuses a token that is none',
      send: (stage) => ({ headers: { ...ownPage(stage), authorization: 'Bearer none' } }),
      status: 401,
      code: 'SESSION_INVALID',
    },
    ...refusesWithoutSession(),
  ],
  [`POST ${BASE}/identify`]: [
    {
      it: 'knows the visitor',
      send: async (stage) => ({ headers: stage.asVisitor, body: { jwt: await signIdentity(stage, '5m') } }),
      status: 200,
    },
    {
      it: 'refuses a token of somebody else',
      send: ({ asVisitor }) => ({ headers: asVisitor, body: { jwt: 'a.b.c' } }),
      status: 403,
      code: 'IDENTITY_INVALID',
    },
    {
      it: 'refuses a token that has expired',
      send: async (stage) => ({ headers: stage.asVisitor, body: { jwt: await signIdentity(stage, '-10m') } }),
      status: 403,
      code: 'IDENTITY_EXPIRED',
    },
    ...refusesWithoutSession(() => ({ body: { jwt: 'a.b.c' } })),
  ],
  [`DELETE ${BASE}`]: [
    { it: 'ends', send: ({ asVisitor }) => ({ headers: asVisitor }), status: 204 },
    {
      it: 'refuses a session that was ended',
      async send({ visitor, asVisitor }) {
        await visitor.ask({ method: 'DELETE', path: '/session' });
        return { headers: asVisitor };
      },
      status: 401,
      code: 'SESSION_ENDED',
    },
    ...refusesWithoutSession(),
  ],
};
