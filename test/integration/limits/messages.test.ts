import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openVisitor } from '../../support/frame-visitor.ts';
import { type Casement, type StartOptions, startCasement } from '../../support/start-casement.ts';
import { codeOf, limitsOf, perMinute, SHOP } from './limits-setup.ts';

const started: Casement[] = [];
let casement: Casement;
let publicKey: string;

beforeAll(async () => {
  await start();
});
afterAll(async () => {
  for (const one of started) await one.stop();
});

async function start(options: StartOptions = {}) {
  casement = await startCasement({ ...options, limits: limitsOf({ chat: { session: perMinute(4) } }) });
  started.unshift(casement);
}

const createWidget = async (limits: { messagesPerMinute: number; messagesPerDay: number }) => {
  ({ publicKey } = await casement.createWidget({ allowlist: [SHOP], settings: { limits } }));
};
const visitor = () => openVisitor(casement, { publicKey, origin: SHOP });
const newMessage = () => ({ messageId: crypto.randomUUID(), text: 'Hello' });
const stored = () => casement.store.collection('widget_messages').countDocuments({});

async function send(by: Awaited<ReturnType<typeof visitor>>, body: object = newMessage()) {
  return by.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body });
}

beforeEach(async () => {
  await casement.store.collection('widget_messages').deleteMany({});
});

describe('the messages of a visitor', () => {
  test('are as many a minute as the settings say; what is refused is not stored', async () => {
    await createWidget({ messagesPerMinute: 2, messagesPerDay: 100 });
    const loud = await visitor();
    expect([(await send(loud)).status, (await send(loud)).status]).toEqual([200, 200]);
    const refused = await send(loud);
    expect([refused.status, codeOf(refused)]).toEqual([429, 'RATE_LIMITED']);
    expect(refused.headers['ratelimit-policy']).toBe('"messages-visitor";q=2;w=60');
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(await stored()).toBe(2);
    expect((await send(await visitor())).status).toBe(200);
  });

  test('are counted once, however often one is sent, and one that was taken is never refused', async () => {
    await createWidget({ messagesPerMinute: 1, messagesPerDay: 100 });
    const patient = await visitor();
    const message = newMessage();
    const answers = [await send(patient, message), await send(patient, message), await send(patient, message)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(codeOf(await send(patient))).toBe('RATE_LIMITED');
    expect(await stored()).toBe(1);
  });

  test('count whatever session they are sent in', async () => {
    await createWidget({ messagesPerMinute: 1, messagesPerDay: 100 });
    const first = await visitor();
    await send(first);
    const again = await openVisitor(casement, { publicKey, origin: SHOP }, first.cookie);
    expect(codeOf(await send(again))).toBe('RATE_LIMITED');
  });

  test('that are refused for another reason are bounded as well', async () => {
    await createWidget({ messagesPerMinute: 100, messagesPerDay: 100 });
    const broken = await visitor();
    for (let time = 0; time < 4; time++) expect(codeOf(await send(broken, { text: 1 }))).toBe('INVALID_REQUEST');
    expect((await send(broken, { text: 1 })).headers['ratelimit-policy']).toBe('"chat-session";q=4;w=60');
  });
});

describe('the messages of a widget', () => {
  test('are as many a day as the settings say, of all its visitors', async () => {
    await createWidget({ messagesPerMinute: 100, messagesPerDay: 2 });
    const [one, other] = [await visitor(), await visitor()];
    await send(one);
    await send(other);
    const refused = await send(await visitor());
    expect([refused.status, codeOf(refused)]).toEqual([429, 'DAILY_LIMIT_REACHED']);
    expect(refused.body).toContain('2 messages of today');
    const midnight = new Date().setUTCHours(24, 0, 0, 0);
    expect(Math.abs(Number(refused.headers['retry-after']) - (midnight - Date.now()) / 1000)).toBeLessThan(60);
    expect(await stored()).toBe(2);
  });

  test('that were sent before a restart count', async () => {
    await createWidget({ messagesPerMinute: 100, messagesPerDay: 2 });
    await send(await visitor());
    await send(await visitor());
    await casement.server.stop();
    await start({ dataDirectory: casement.dataDirectory });
    expect(codeOf(await send(await visitor()))).toBe('DAILY_LIMIT_REACHED');
  });
});
