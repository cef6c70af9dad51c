// What a flood of wrong keys costs: how many a second the server refuses, and what the store is asked meanwhile. Keys with
// a wrong checksum are refused without a look anywhere; a right checksum is looked up until a limit trips.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { LIMIT_TABLE } from '../server/domain/limit-table.ts';
import { createPublicKey } from '../shared/public-key.ts';
import { createDice } from '../test/support/dice.ts';
import { startCasement } from '../test/support/start-casement.ts';
import { watchStore } from '../test/support/watch-store.ts';
import { printTable } from './statistics.ts';

const GUESSES = 20_000;
const CONNECTIONS = 32;
const SHOP = 'https://shop.example';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const dice = createDice(49);
const letters = (count: number) =>
  Array.from({ length: count }, () => ALPHABET.charAt(dice.below(ALPHABET.length))).join('');

const KINDS: readonly (readonly [what: string, makeKey: () => string])[] = [
  ['in the form of a key, with a wrong checksum', () => `PUB_${letters(28)}`],
  ['with a right checksum, of nobody', () => createPublicKey(letters(22))],
];

const casement = await startCasement({ limits: true });
await casement.createWidget({ allowlist: [SHOP] });
const rows: string[][] = [];
for (const [what, makeKey] of KINDS) {
  const keys = Array.from({ length: GUESSES }, makeKey);
  let seconds = Number.NaN;
  let statuses = new Map<number, number>();
  const operations = await watchStore(async () => {
    const startedAt = performance.now();
    statuses = await askForAll(keys);
    seconds = (performance.now() - startedAt) / 1_000;
  });
  const reads = operations.filter(({ collection, method }) => collection === 'widget_settings' && /^find/.test(method));
  const answered = [...statuses].map(([status, count]) => `${count} x ${status}`).join(', ');
  rows.push([what, (GUESSES / seconds).toFixed(0), answered, String(reads.length)]);
}
await casement.stop();
printTable(`${GUESSES} wrong keys from one address, which may ask ${LIMIT_TABLE.config.address.most} times a minute`, [
  ['keys', 'refused a second, by this process that also asks', 'answers', 'reads of the store'],
  ...rows,
]);

async function askForAll(keys: readonly string[]): Promise<Map<number, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const statuses = new Map<number, number>();
  const left = [...keys];
  const worker = async () => {
    for (let key = left.pop(); key !== undefined; key = left.pop()) {
      const status = await ask(key, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
  return statuses;
}

async function ask(key: string, agent: Agent): Promise<number> {
  const { port, host } = casement;
  const path = `/api/v1/widget/config?key=${key}`;
  const sent = request({ host: '127.0.0.1', port, path, headers: { host, origin: SHOP }, agent }).end();
  const [answer] = await once(sent, 'response');
  await once(answer.resume(), 'end');
  return answer.statusCode;
}
