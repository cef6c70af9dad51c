import { expect, test } from 'vitest';
import { createNonce } from '../../shared/nonce.ts';
import { parseWindowMessage, type WindowMessage } from '../../shared/window-message.ts';
import { createRandom } from '../support/create-random.ts';
import { hostileMessages } from '../support/hostile-messages.ts';

const DIRECTIONS = ['hello', 'init'] as const;

function validMessage<T extends (typeof DIRECTIONS)[number]>(t: T): WindowMessage<T> {
  return { v: 1, t, n: createNonce(), f: createNonce() };
}

/** What no window could send, because cloning ends it, but what a parser may be handed all the same. */
function uncloneableMessages(valid: WindowMessage): [string, unknown][] {
  const explode = (): never => {
    throw new Error('A getter was called');
  };
  return [
    ...Object.keys(valid).map((name): [string, unknown] => [
      `${name} is a getter`,
      Object.defineProperty({ ...valid }, name, { get: explode, enumerable: true }),
    ]),
    ['all fields are inherited', Object.create(valid)],
    ['there is a symbol beside the fields', { ...valid, [Symbol('x')]: 1 }],
    ['there is a hidden field', Object.defineProperty({ ...valid }, 'x', { value: 1, enumerable: false })],
    ['it is a function with the fields', Object.assign(explode, valid)],
  ];
}

test.each(DIRECTIONS)('case 23: the parser takes a valid %s and answers a copy of it', (t) => {
  const valid = validMessage(t);
  const parsed = parseWindowMessage({ ...valid }, t, valid.n);
  expect(parsed).toStrictEqual(valid);
  expect(parsed).not.toBe(valid);
});

for (const t of DIRECTIONS) {
  const valid = validMessage(t);
  const hostile: [string, unknown][] = [
    ...hostileMessages(valid).map(({ what, message }): [string, unknown] => [what, message]),
    ...uncloneableMessages(valid),
  ];
  test.each(hostile)(`case 23: ${t} where %s -> dropped by the parser without a throw`, (_what, message) => {
    expect(parseWindowMessage(message, t, valid.n)).toBeUndefined();
  });
}

test('case 23: of 20,000 random mixtures of right and wrong fields, only whole messages pass', () => {
  const random = createRandom(20_23);
  const valid = validMessage('init');
  const values = hostileMessages(valid).flatMap(({ message }) =>
    typeof message === 'object' && message !== null ? Object.values(message) : [message],
  );
  let accepted = 0;
  for (let round = 0; round < 20_000; round++) {
    const message: Record<string, unknown> = { ...valid };
    for (const name of ['v', 't', 'n', 'f', 'x']) {
      if (random() < 0.2) message[name] = values[Math.floor(random() * values.length)];
      if (random() < 0.05) delete message[name];
    }
    const parsed = parseWindowMessage(message, 'init', valid.n);
    if (parsed === undefined) continue;
    accepted++;
    expect(message).toStrictEqual({ ...valid, f: expect.stringMatching(/^[0-9a-f]{32}$/) });
  }
  expect(accepted).toBeGreaterThan(0);
});
