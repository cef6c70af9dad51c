import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { askAdmin } from '../../support/admin-api.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { askApi, askFrame, openVisitor, readBoot } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const WORDS = 'my grandmother is ill';
/** The beginning of any JSON Web Token. */
const JWT = /eyJ[\w-]{10}/;

test('case 40: no log line and no error holds a ticket, a token, a cookie, a login or what a visitor wrote', async () => {
  const lines: string[] = [];
  const casement = await startCasement({ log: { write: (line) => lines.push(line) } });
  const { secrets, requestIds, errors } = await talk(casement).finally(() => casement.stop());
  const log = lines.join('');
  // A line may have been cut: the beginning of a secret is enough to find it.
  for (const secret of secrets) expect(log).not.toContain(secret.slice(0, 30));
  for (const secret of secrets) expect(errors).not.toContain(secret.slice(0, 30));
  expect(log).not.toMatch(JWT);
  expect(errors).not.toMatch(JWT);
  for (const id of requestIds) expect(log).toContain(id);
});

/** Does what brings every kind of secret to the server, right and wrong. */
async function talk(casement: Casement) {
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  const site = { publicKey, origin: SHOP };
  const login = await signAdminToken({ company: widget.companyId });
  const { ticket } = readBoot((await askFrame(casement, site)).body);
  const visitor = await openVisitor(casement, site);
  const answers = [
    await visitor.ask({
      method: 'POST',
      path: '/chat',
      body: { messageId: randomUUID(), text: WORDS, context: ['Buys grandfatherly slippers'] },
      headers: { accept: 'application/json' },
    }),
    await visitor.ask({ method: 'POST', path: '/chat', body: { messageId: randomUUID(), text: [WORDS] } }),
    await visitor.ask({ method: 'POST', path: '/session/identify', body: { jwt: 'identity.of.somebody' } }),
    await visitor.ask({ path: `/conversations?ticket=${ticket}`, cookie: visitor.cookie }),
    await visitor.ask({ method: 'POST', path: '/session', body: { ticket } }),
    await rawRequest({
      port: casement.port,
      path: `/nowhere?token=${visitor.token}`,
      headers: { host: casement.host },
    }),
    await visitor.ask({ method: 'POST', path: '/session/identify', body: { jwt: login } }),
    await askAdmin(casement, { company: widget.companyId }, { path: '/settings', token: login }),
    await askAdmin(casement, { company: widget.companyId }, { path: '/settings', token: `${login}x` }),
    await askAdmin(casement, { company: widget.companyId }, { path: `/settings?token=${login}`, token: login }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 403, 400, 200, 404, 403, 200, 401, 400]);

  const [, cookieSecret = ''] = visitor.cookie.split('=');
  return {
    secrets: [ticket, visitor.token, cookieSecret, 'grandmother', 'grandfatherly', 'identity.of.somebody', login],
    requestIds: answers.map(({ headers }) => String(headers['x-request-id'])),
    errors: answers.map(({ status, body }) => (status < 400 ? '' : body)).join('\n'),
  };
}

test('case 40: a token in an address opens nothing, whatever it is called', async () => {
  const casement = await startCasement();
  const { publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  const { token } = await openVisitor(casement, { publicKey, origin: SHOP });
  const statuses: number[] = [];
  for (const name of ['token', 'access_token', 'authorization', 'session', 'ticket']) {
    for (const path of ['/conversations', '/chat/00000000-0000-4000-8000-000000000000']) {
      statuses.push((await askApi(casement, { path: `${path}?${name}=${token}` })).status);
      statuses.push((await askApi(casement, { path: `${path}?${name}=${token}`, token })).status);
    }
  }
  await casement.stop();
  // Without the header nobody is there; with it the address says too much.
  expect(new Set(statuses)).toEqual(new Set([401, 400]));
});
