import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeRedis, startFakeRedis } from '../../support/fake-redis.ts';
import { askFrame, openVisitor } from '../../support/frame-visitor.ts';
import { findFreePort } from '../../support/free-port.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { askConfig, codeOf, limitsOf, perMinute, SHOP, unknownKey } from './limits-setup.ts';

const CONFIGS = 12;
const FRAMES = 20;
const WORKERS = 4;

let redis: FakeRedis;
let casement: Casement;
let site: { publicKey: string; origin: string };

beforeAll(async () => {
  redis = await startFakeRedis();
});
afterAll(() => redis.stop());
afterEach(() => casement.stop());

async function start(redisUrl: string) {
  const limits = limitsOf({ config: { address: perMinute(CONFIGS) }, frame: { address: perMinute(FRAMES) } });
  casement = await startCasement({ config: { redisUrl, workers: WORKERS }, limits });
  site = { publicKey: (await casement.createWidget({ allowlist: [SHOP] })).publicKey, origin: SHOP };
}

const newMessage = () => ({ messageId: crypto.randomUUID(), text: 'Hello' });

function send(visitor: Awaited<ReturnType<typeof openVisitor>>) {
  return visitor.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body: newMessage() });
}

/** How many configurations one address gets before it is refused. */
async function countServed(): Promise<number> {
  for (let served = 0; ; served++) if ((await askConfig(casement, unknownKey())).status === 429) return served;
}

/** Asks until the answer has this status: a connection that is made or lost is not noticed at once. */
async function untilChatAnswers(status: number) {
  const visitor = await openVisitor(casement, site);
  for (;;) {
    const answer = await send(visitor);
    if (answer.status === status) return answer;
  }
}

describe('with a Redis', () => {
  beforeEach(() => start(redis.url));

  test('processes count together: one that starts anew goes on counting', async () => {
    expect(await countServed()).toBe(CONFIGS);
    await casement.stop();
    await start(redis.url);
    expect(await countServed()).toBe(0);
  });

  test('a flood of an address that is over its limit does not reach the Redis', async () => {
    await countServed();
    const before = redis.asked();
    for (let time = 0; time < 50; time++) expect((await askConfig(casement, unknownKey())).status).toBe(429);
    expect(redis.asked()).toBe(before);
  });

  test('keys with a wrong character reach neither the Redis nor the store', async () => {
    const before = redis.asked();
    const [first, ...rest] = unknownKey().slice(4);
    const wrong = `PUB_${first === 'a' ? 'b' : 'a'}${rest.join('')}`;
    for (let time = 0; time < 50; time++) expect(codeOf(await askConfig(casement, wrong))).toBe('INVALID_REQUEST');
    expect((await askFrame(casement, { ...site, publicKey: wrong })).status).toBe(403);
    expect(redis.asked()).toBe(before);
  });
});

describe('while the Redis is down', () => {
  test.each([
    ['cannot be connected to', async () => start(`redis://127.0.0.1:${await findFreePort()}`)],
    ['has gone', async () => start(redis.url).then(() => redis.stop())],
    ['does not answer', async () => start(redis.url).then(() => redis.setSilent(true))],
  ])('case 70: because it %s, the chat takes nothing and says why', async (_, breakIt) => {
    await breakIt();
    const answer = await untilChatAnswers(503);
    expect(codeOf(answer)).toBe('LIMITER_UNAVAILABLE');
    expect(answer.headers).toHaveProperty('retry-after');
    expect(await casement.store.collection('widget_messages').countDocuments({})).toBe(0);
    redis.setSilent(false);
    await redis.stop();
    await redis.start();
  });

  test('case 70: each process serves its share of everything else, the frame included', async () => {
    await start(`redis://127.0.0.1:${await findFreePort()}`);
    expect(await countServed()).toBe(CONFIGS / WORKERS);
    const frames: number[] = [];
    for (let asked = 0; asked < FRAMES; asked++) frames.push((await askFrame(casement, site)).status);
    expect(frames.filter((status) => status === 200)).toHaveLength(FRAMES / WORKERS);
    expect(new Set(frames)).toEqual(new Set([200, 429]));
  });

  test('it is noticed when the Redis is back', async () => {
    await redis.stop();
    await start(redis.url);
    await untilChatAnswers(503);
    await redis.start();
    await untilChatAnswers(200);
  });
});
