import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMIT_TABLE } from '../../../server/domain/limit-table.ts';
import { type PublicKey, parsePublicKey } from '../../../shared/public-key.ts';
import { createDice } from '../../support/dice.ts';
import { askFrame } from '../../support/frame-visitor.ts';
import type { RawAnswer } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { watchStore } from '../../support/watch-store.ts';
import { askConfig, SHOP, unknownKey } from './limits-setup.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** How many requests are under way at once. */
const AT_ONCE = 50;

let casement: Casement;
let live: PublicKey;
let revoked: PublicKey;

beforeAll(async () => {
  casement = await startCasement({ limits: true });
  live = (await casement.createWidget({ allowlist: [SHOP] })).publicKey;
  const old = await casement.createWidget({ allowlist: [SHOP] });
  await casement.saveWidget({ ...old.widget, keys: [{ publicKey: old.publicKey, state: 'revoked' }] });
  revoked = old.publicKey;
});
afterAll(() => casement.stop());

const dice = createDice(49);

/** In the form of a key, and nothing more. */
function guess(): string {
  return `PUB_${Array.from({ length: 28 }, () => ALPHABET.charAt(dice.below(ALPHABET.length))).join('')}`;
}

async function askInTurns<T>(count: number, ask: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let asked = 0; asked < count; asked += AT_ONCE) {
    answers.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - asked) }, ask))));
  }
  return answers;
}

/** An answer without what is different every time. */
function comparable({ status, headers, body }: RawAnswer) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers;
  return { status, headers: rest, body: body.replace(/"requestId":"[^"]*"/, '') };
}

test('case 49: of 100,000 random keys none has the checksum of a key', () => {
  let accepted = 0;
  for (let number = 0; number < 100_000; number++) if (parsePublicKey(guess()) !== undefined) accepted++;
  expect(accepted).toBe(0);
});

test('case 49: keys with a wrong checksum never reach the store, however many they are, and use up no limit', async () => {
  const count = 2 * LIMIT_TABLE.config.address.most;
  let answers: RawAnswer[] = [];
  const operations = await watchStore(async () => {
    answers = await askInTurns(count, () => askConfig(casement, guess()));
    answers.push(...(await askInTurns(count, () => askFrame(casement, { publicKey: guess(), origin: SHOP }))));
  });
  expect(operations.filter(({ collection }) => collection === 'widget_settings')).toEqual([]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400, 403]));
  expect((await askConfig(casement, live)).status).toBe(200);
});

test('case 49: an unknown, a revoked and a wrong key, and one of another site, are refused byte for byte alike', async () => {
  const other = 'https://other.example';
  const [wrong, right] = [guess(), unknownKey()];
  const frames = [
    await askFrame(casement, { publicKey: wrong, origin: SHOP }),
    await askFrame(casement, { publicKey: right, origin: SHOP }),
    await askFrame(casement, { publicKey: revoked, origin: SHOP }),
    await askFrame(casement, { publicKey: live, origin: other }),
  ].map(comparable);
  expect(frames.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  for (const frame of frames) expect(frame).toEqual(frames[0]);

  const configurations = [
    await askConfig(casement, right),
    await askConfig(casement, revoked),
    await askConfig(casement, live, { origin: other }),
  ].map(comparable);
  expect(configurations[0]?.status).toBe(403);
  for (const configuration of configurations) expect(configuration).toEqual(configurations[0]);
});

test('case 49: right checksums are looked up until a limit trips, and then nobody looks', async () => {
  const { most } = LIMIT_TABLE.config.address;
  const statuses: number[] = [];
  const operations = await watchStore(async () => {
    const answers = await askInTurns(most + 200, () => askConfig(casement, unknownKey()));
    statuses.push(...answers.map(({ status }) => status));
  });
  const refused = statuses.filter((status) => status === 429).length;
  expect(new Set(statuses)).toEqual(new Set([403, 429]));
  expect(refused).toBeGreaterThanOrEqual(200);
  const looked = operations.filter(({ collection }) => collection === 'widget_settings').length;
  expect(looked).toBeLessThanOrEqual(statuses.length - refused);
});
