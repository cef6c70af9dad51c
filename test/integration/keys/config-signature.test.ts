import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_LIVE_KEYS } from '../../../server/domain/key-plan.ts';
import type { Widget } from '../../../server/domain/widget.ts';
import { verifySignature } from '../../../server/verify/verify-signature.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { keysOf, SHOP } from './keys-setup.ts';

const clock = createMovingClock();
let casement: Casement;
let widget: Widget;
let publicKey: string;
let secrets: Record<string, string>;

beforeAll(async () => {
  casement = await startCasement({ clock });
  ({ widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] }));
  const { key } = await keysOf({ casement, clock }, { company: widget.companyId }).rotate('signing', {
    overlapSeconds: 0,
  });
  secrets = { [key.id]: key.secret ?? '' };
});
afterAll(() => casement.stop());

const ask = (headers: Record<string, string> = { origin: SHOP }, query = `?key=${publicKey}`) =>
  rawRequest({
    port: casement.port,
    path: `/api/v1/widget/config${query}`,
    headers: { host: casement.host, ...headers },
  });
const signatureOf = ({ headers }: RawAnswer) => String(headers['casement-signature']);
const isSigned = (answer: RawAnswer, { status, body }: Pick<RawAnswer, 'status' | 'body'> = answer) =>
  verifySignature(
    { method: 'GET', url: '/api/v1/widget/config', status, signature: signatureOf(answer), body },
    { secrets, now: clock.now() },
  );

test('a site and a backend are answered with the same signed bytes', async () => {
  const token = await signAdminToken({ company: widget.companyId, role: 'service' });
  const answers = [await ask(), await ask({ authorization: `Bearer ${token}` })];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers.map((answer) => isSigned(answer))).toEqual([true, true]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
});

test('one signature serves a second, and the next second has its own', async () => {
  const first = signatureOf(await ask());
  expect(signatureOf(await ask())).toBe(first);
  clock.advance(1);
  expect(signatureOf(await ask())).not.toBe(first);
});

test('304 brings a new signature for the bytes that a cache has', async () => {
  const cached = await ask();
  clock.advance(600);
  expect(isSigned(cached)).toBe(false);
  const fresh = await ask({ origin: SHOP, 'if-none-match': String(cached.headers.etag) });
  expect(fresh.status).toBe(304);
  expect(isSigned(fresh, cached)).toBe(true);
});

test('what is refused is not signed, so that nobody learns which keys exist', async () => {
  const refused = [await ask({ origin: 'https://evil.example' }), await ask({}), await ask({ origin: SHOP }, '?key=x')];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 400]);
  expect(refused.map(({ headers }) => headers['casement-signature'])).toEqual([undefined, undefined, undefined]);
});

test('a backend that knows only the oldest key can verify while as many keys as may sign at once', async () => {
  const keys = keysOf({ casement, clock }, { company: widget.companyId });
  for (let live = 1; live < MOST_LIVE_KEYS; live += 1) await keys.rotate('signing', { overlapSeconds: 3_600 });
  const answer = await ask();
  expect(signatureOf(answer).split(', ')).toHaveLength(MOST_LIVE_KEYS);
  expect(isSigned(answer)).toBe(true);
});
