import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { askFrame, openVisitor, readBoot } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const WORDS = 'my grandmother is ill';

test('case 40: no log line holds a ticket, a token, a cookie or what a visitor wrote', async () => {
  const lines: string[] = [];
  const casement = await startCasement({ log: { write: (line) => lines.push(line) } });
  const { secrets, requestIds } = await talk(casement).finally(() => casement.stop());
  const log = lines.join('');
  // A line may have been cut: the beginning of a secret is enough to find it.
  for (const secret of secrets) expect(log).not.toContain(secret.slice(0, 30));
  for (const id of requestIds) expect(log).toContain(id);
});

/** Does what brings every kind of secret to the server, right and wrong. */
async function talk(casement: Casement) {
  const { publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  const site = { publicKey, origin: SHOP };
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
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 403, 400, 200, 404]);

  const [, cookieSecret = ''] = visitor.cookie.split('=');
  return {
    secrets: [ticket, visitor.token, cookieSecret, 'grandmother', 'grandfatherly', 'identity.of.somebody'],
    requestIds: answers.map(({ headers }) => String(headers['x-request-id'])),
  };
}
