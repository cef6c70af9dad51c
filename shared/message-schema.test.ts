import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv, type SchemaObject } from 'ajv';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createDice, type Dice } from '../test/support/dice.ts';
import { MESSAGE_DESCRIPTIONS, type MessageDescription } from './message-schema.ts';
import { isNonce } from './nonce.ts';
import { createPortChannel, type PortLike } from './port-channel.ts';
import { FRAME_EVENTS, FRAME_MESSAGE_GUARDS, type Guards, HOST_MESSAGE_GUARDS } from './port-message.ts';
import { SETTINGS_ERROR_CODES, SETTINGS_FRAME_GUARDS, SETTINGS_HOST_GUARDS } from './settings-port-message.ts';
import { parseWindowMessage } from './window-message.ts';

const NONCE = '00112233445566778899aabbccddeeff';
const LOOK = {
  accent: '#0059ff',
  mode: 'auto',
  icon: 'chat',
  label: 'Chat',
  position: 'end',
  offsetSide: 20,
  offsetBottom: 20,
  radius: 16,
  zIndex: 2_147_483_000,
};
const APPEARANCE = { mode: 'dark', primary: '#0059ff', radius: 12, fontFamily: 'Inter, "Segoe UI", sans-serif' };

/** One right value for each field there is. */
const FIELDS: Readonly<Record<string, unknown>> = {
  v: 1,
  s: 1,
  n: NONCE,
  f: NONCE,
  look: LOOK,
  name: 'message-sent',
  appearance: APPEARANCE,
  locale: 'pt-BR',
  route: 'history/12',
  id: 7,
  token: 'eyJ.a_b-c.d~e+f/g==',
  h: 480,
  isReplaced: false,
  version: 3,
  count: 2,
  ticket: 'eyJ.a_b-c.d',
  configuration: '{"version":1}',
  code: 'UNREACHABLE',
  jwt: 'eyJ.a_b-c.d',
  lines: ['Page: Arctic jacket', ''],
};

/** What else could stand in a field: the edges of what is right, and much that is wrong. */
const VALUES: readonly [unknown, ...unknown[]] = [
  null,
  ...[true, false, -1, 0, 0.5, 1, 2, 40, 41, 400, 401, 999, 1_000, 2_147_483_647, 2_147_483_648],
  ...[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, -0.5, 1e300],
  ...['', '1', 'a', 'en', 'EN', 'zh-Hant-TW', `en${'-abcdefgh'.repeat(4)}`, 'light', 'auto', 'start', 'spark', 'chat'],
  ...['#0059ff', '#0059FF', '#0059f', 'red', NONCE, NONCE.toUpperCase(), `${NONCE}0`, `${NONCE}\n`],
  ...['keys', '../..', 'a?b', 'javascript:alert(1)', 'a b', 'a\nb', '<b>', 'a;b', `Inter, 'x'`],
  ...[35, 36, 80, 81, 200, 201, 8_192, 8_193].map((length) => 'a'.repeat(length)),
  ...['\u0001'.repeat(80), '"'.repeat(200), 'é'.repeat(80), 'é'.repeat(81), '\ud800'],
  ...FRAME_EVENTS,
  ...SETTINGS_ERROR_CODES,
  ...['a.b.c', 'a'.repeat(4_096), 'a'.repeat(4_097), ['a'], ['a', 7], Array(10).fill('\u0001'), Array(11).fill('')],
  ...[['é'.repeat(2_048)], ['a'.repeat(2_049)]],
  ...[[], {}, [1], LOOK, APPEARANCE, { ...LOOK, extra: 1 }, { ...APPEARANCE, extra: 1 }],
];

const GUARDS: Readonly<Record<string, Guards<{ readonly t: string }>>> = {
  'chat port, host page': HOST_MESSAGE_GUARDS,
  'chat port, frame': FRAME_MESSAGE_GUARDS,
  'settings port, host page': SETTINGS_HOST_GUARDS,
  'settings port, frame': SETTINGS_FRAME_GUARDS,
} as Readonly<Record<string, Guards<{ readonly t: string }>>>;

/** Whether the code that ships takes the message: as this type, and first on its channel. */
function isTaken({ channel, from, type }: MessageDescription, message: unknown): boolean {
  if (channel === 'window') {
    const { n } = Object(message);
    return parseWindowMessage(message, type as 'hello', isNonce(n) ? n : NONCE) !== undefined;
  }
  const port: PortLike = { postMessage() {}, close() {}, onmessage: null };
  let taken: unknown;
  const guards = GUARDS[`${channel}, ${from}`] ?? expect.fail(`no guards for "${channel}"`);
  createPortChannel(port, {
    guards,
    onMessage: (received) => (taken = received.t),
    onBroken() {},
    now: () => 0,
    dataOf: ({ data }) => data,
  });
  port.onmessage?.({ data: message } as never);
  return taken === type;
}

type Message = Record<string, unknown>;

function rightMessage({ schema, type }: MessageDescription): Message {
  const names = Object.keys((toJsonSchema(schema).properties ?? {}) as object);
  return Object.fromEntries(names.map((name) => [name, name === 't' ? type : rightField(name, type)]));
}

/** The count of unread replies has the letter of the loader's nonce. */
const rightField = (name: string, type: string) => (name === 'n' && type === 'unread' ? 5 : FIELDS[name]);

describe.each(MESSAGE_DESCRIPTIONS)('"$type" from the $from ($channel)', (description) => {
  const { schema, maxBytes } = description;
  const isValid = new Ajv({ strict: true }).compile({ ...toJsonSchema(schema) } as SchemaObject);

  test('is taken as its schema says', () => {
    const message = rightMessage(description);
    expect(isTaken(description, message)).toBe(true);
    expect(isValid(message)).toBe(true);
  });

  test('is refused as its schema says, whatever is wrong, and never longer than is published', () => {
    const dice = createDice(description.channel.length * 1_000 + description.type.length);
    let taken = 0;
    for (let attempt = 0; attempt < 4_000; attempt++) {
      const message = mutate(rightMessage(description), dice);
      const isIn = isTaken(description, message);
      const json = JSON.stringify(message);
      expect(`${isValid(message)}: ${json}`).toBe(`${isIn}: ${json}`);
      if (isIn) taken++;
      if (isIn) expect(Buffer.byteLength(json)).toBeLessThanOrEqual(maxBytes);
    }
    expect(taken).toBeLessThan(4_000);
  });
});

/** Changes a field or two, of the message or of what is in it: another value, none, or one too many. */
function mutate(message: Message, dice: Dice): Message {
  const changed = structuredClone(message);
  for (let change = dice.below(3); change >= 0; change--) {
    const parts = Object.values(changed).filter((value) => typeof value === 'object' && value !== null) as Message[];
    const target = dice.chance(0.5) ? dice.pick([changed, ...parts]) : changed;
    const name = dice.chance(0.1) ? 'extra' : dice.pick(['extra', ...Object.keys(target)]);
    if (dice.chance(0.1)) delete target[name];
    else target[name] = structuredClone(dice.pick(VALUES));
  }
  return changed;
}

test('a label is counted in UTF-16 code units, also where a JSON Schema counts characters', () => {
  const look = MESSAGE_DESCRIPTIONS.find(({ type }) => type === 'look') ?? expect.fail('there is no look');
  for (const [label, isRight] of [
    ['👋'.repeat(40), true],
    ['👋'.repeat(41), false],
  ] as const) {
    const message = { t: 'look', s: 1, look: { ...LOOK, label } };
    expect(isTaken(look, message)).toBe(isRight);
    expect(v.is(look.schema, message)).toBe(isRight);
  }
});

test('every type that a guard knows is described once', () => {
  const described = MESSAGE_DESCRIPTIONS.map(({ channel, from, type }) => `${channel}, ${from}: ${type}`);
  const guarded = Object.entries(GUARDS).flatMap(([name, guards]) => Object.keys(guards).map((t) => `${name}: ${t}`));
  expect(described.sort()).toEqual([...guarded, 'window, frame: hello', 'window, host page: init'].sort());
});
