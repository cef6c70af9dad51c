import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifySignature } from '../../../server/verify/verify-signature.ts';
import { askApi, askFrame, type FrameVisitor, openVisitor, readBoot, type Site } from '../../support/frame-visitor.ts';
import type { RawAnswer } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let casement: Casement;
let site: Site;
let visitor: FrameVisitor;

beforeAll(async () => {
  casement = await startCasement();
  const { publicKey } = await casement.createWidget({ allowlist: ['https://shop.example'] });
  site = { publicKey, origin: 'https://shop.example' };
  visitor = await openVisitor(casement, site);
});
afterAll(() => casement.stop());

const signatureOf = ({ headers }: RawAnswer) => headers['casement-signature'];

function isSigned(answer: RawAnswer, method: string, path: string, { signingKey, signingKeyId } = visitor): boolean {
  const { status, body } = answer;
  const signature = String(signatureOf(answer) ?? '');
  const secrets = { [signingKeyId]: Buffer.from(signingKey, 'base64url') };
  return verifySignature({ method, url: `/api/v1/widget${path}`, status, signature, body }, { secrets });
}

test('the answer that hands over the signing key is signed with it', async () => {
  const { ticket } = readBoot((await askFrame(casement, site)).body);
  const answer = await askApi(casement, { method: 'POST', path: '/session', body: { ticket } });
  expect(isSigned(answer, 'POST', '/session', JSON.parse(answer.body))).toBe(true);
});

describe('within a session', () => {
  test.each([
    ['POST', '/session/renew', 200],
    ['GET', '/conversations', 200],
    ['GET', '/conversations/none', 404],
    ['GET', '/conversations?before=x', 400],
    ['POST', '/chat', 415],
  ] as const)('%s %s is signed with its key, whatever the answer: %i', async (method, path, status) => {
    const answer = await visitor.ask({ method, path });
    expect(answer.status).toBe(status);
    expect(isSigned(answer, method, path)).toBe(true);
    expect(isSigned({ ...answer, body: `${answer.body} ` }, method, path)).toBe(false);
  });

  test('every session has a key of its own', async () => {
    const other = await openVisitor(casement, site);
    expect(other.signingKey).not.toBe(visitor.signingKey);
    expect(other.signingKeyId).not.toBe(visitor.signingKeyId);
    const answer = await other.ask({ path: '/conversations' });
    expect(isSigned(answer, 'GET', '/conversations', other)).toBe(true);
    expect(isSigned(answer, 'GET', '/conversations', { ...visitor, signingKeyId: other.signingKeyId })).toBe(false);
  });

  test('an answer without a body has no signature', async () => {
    const ended = await (await openVisitor(casement, site)).ask({ method: 'DELETE', path: '/session' });
    expect(ended.status).toBe(204);
    expect(signatureOf(ended)).toBeUndefined();
  });
});

test.each([
  ['a token that is none', { path: '/conversations', token: 'abc' }],
  ['no token', { path: '/conversations' }],
  ['an unknown route', { path: '/nothing' }],
])('somebody with %s gets no signature', async (_what, request) => {
  const answer = await askApi(casement, request);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(signatureOf(answer)).toBeUndefined();
});
