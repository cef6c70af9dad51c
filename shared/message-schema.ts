import * as v from 'valibot';
import { CONTEXT_MAX_CHARACTERS, CONTEXT_MOST_LINES } from './chat-limits.ts';
import {
  FRAME_EVENTS,
  type FrameMessage,
  type HostMessage,
  LAUNCHER_ICONS,
  LONGEST_PREVIEW_TEXTS,
  type PreviewMessage,
} from './port-message.ts';
import {
  LONGEST_ADMIN_TOKEN,
  SETTINGS_COLOURS,
  SETTINGS_ERROR_CODES,
  type SettingsFrameMessage,
  type SettingsHostMessage,
} from './settings-port-message.ts';
import { PROTOCOL_VERSION, type WindowMessage } from './window-message.ts';

// The guards that loader and frame run are written by hand, because a schema library would weigh more than the loader.
// These schemas say the same for everybody else; message-schema.test.ts proves that the two agree.

/** A message between windows or over a port: who says it, how long it can be, and its schema. */
export type MessageDescription = {
  readonly channel: 'window' | 'chat port' | 'settings port';
  readonly from: 'host page' | 'frame';
  readonly type: string;
  /** The longest a message can be that its receiver takes, in bytes of its JSON. */
  readonly maxBytes: number;
  readonly schema: v.GenericSchema;
};

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/));
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const mode = v.picklist(['light', 'dark', 'auto']);
const route = v.pipe(v.string(), v.maxLength(200), v.regex(/^[a-z0-9/._-]*$/));
const locale = v.pipe(v.string(), v.maxLength(35), v.regex(/^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/));
const token = v.pipe(v.string(), v.maxLength(LONGEST_ADMIN_TOKEN), v.regex(/^[\w.~+/=-]+$/));

const look = v.strictObject({
  accent: colour,
  mode,
  icon: v.picklist(LAUNCHER_ICONS),
  label: v.pipe(v.string(), v.maxLength(80), v.description('At most 80 UTF-16 code units')),
  position: v.picklist(['start', 'end']),
  offsetSide: upTo(400),
  offsetBottom: upTo(400),
  radius: upTo(40),
  zIndex: upTo(2_147_483_647),
});

const appearance = v.strictObject({
  mode: v.exactOptional(mode),
  ...Object.fromEntries(SETTINGS_COLOURS.map((name) => [name, v.exactOptional(colour)])),
  fontFamily: v.exactOptional(v.pipe(v.string(), v.maxLength(200), v.regex(/^[\w "',-]+$/))),
  radius: v.exactOptional(upTo(40)),
});

/** That all together have at most 2,048 UTF-16 code units no JSON Schema can say. */
const contextLines = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(CONTEXT_MAX_CHARACTERS))),
  v.maxLength(CONTEXT_MOST_LINES),
  v.description(`At most ${CONTEXT_MAX_CHARACTERS} UTF-16 code units together`),
);

type Fields<T extends string> = Readonly<Record<T, readonly [maxBytes: number, fields: v.ObjectEntries]>>;

const SMALL = 128;

const WINDOW_MESSAGES = {
  hello: [SMALL, { n: nonce, f: nonce }],
  init: [SMALL, { n: nonce, f: nonce }],
} satisfies Fields<WindowMessage['t']>;

const previewText = (name: keyof PreviewMessage) =>
  v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_PREVIEW_TEXTS[name])));

const HOST_MESSAGES = {
  open: [SMALL, {}],
  close: [SMALL, {}],
  ping: [SMALL, {}],
  // A text can be all characters that JSON writes as six bytes.
  preview: [65_536, { ticket: previewText('ticket'), configuration: previewText('configuration') }],
  identity: [4_096 + SMALL, { jwt: v.pipe(v.string(), v.regex(/^[\w.-]{1,4096}$/)) }],
  logout: [SMALL, {}],
  context: [6 * CONTEXT_MAX_CHARACTERS + SMALL, { lines: contextLines }],
} satisfies Fields<HostMessage['t']>;

const FRAME_MESSAGES = {
  ready: [SMALL, { f: nonce }],
  look: [1_024, { look }],
  unread: [SMALL, { n: upTo(999) }],
  event: [SMALL, { name: v.picklist(FRAME_EVENTS) }],
  close: [SMALL, {}],
  restart: [SMALL, {}],
  'visitor-needed': [SMALL, {}],
  error: [SMALL, {}],
  pong: [SMALL, {}],
} satisfies Fields<FrameMessage['t']>;

const SETTINGS_HOST_MESSAGES = {
  setup: [1_024, { appearance, locale, route }],
  token: [LONGEST_ADMIN_TOKEN + SMALL, { id: count, token: v.nullable(token) }],
  appearance: [1_024, { appearance }],
  locale: [SMALL, { locale }],
  route: [256, { route }],
  'signed-in': [SMALL, {}],
  ping: [SMALL, {}],
} satisfies Fields<SettingsHostMessage['t']>;

const SETTINGS_FRAME_MESSAGES = {
  ready: [SMALL, { f: nonce }],
  'token-needed': [SMALL, { id: count }],
  height: [SMALL, { h: count }],
  route: [512, { route, isReplaced: v.boolean() }],
  saved: [SMALL, { version: count }],
  unsaved: [SMALL, { count }],
  error: [SMALL, { code: v.picklist(SETTINGS_ERROR_CODES) }],
  pong: [SMALL, {}],
} satisfies Fields<SettingsFrameMessage['t']>;

/** Every message there is between a host page and a frame of ours. */
export const MESSAGE_DESCRIPTIONS: readonly MessageDescription[] = [
  ...describeWindow('frame', 'hello'),
  ...describeWindow('host page', 'init'),
  ...describePort('chat port', 'host page', HOST_MESSAGES),
  ...describePort('chat port', 'frame', FRAME_MESSAGES),
  ...describePort('settings port', 'host page', SETTINGS_HOST_MESSAGES),
  ...describePort('settings port', 'frame', SETTINGS_FRAME_MESSAGES),
];

function describeWindow(from: MessageDescription['from'], type: WindowMessage['t']): MessageDescription[] {
  const [maxBytes, fields] = WINDOW_MESSAGES[type];
  const schema = v.strictObject({ v: v.literal(PROTOCOL_VERSION), t: v.literal(type), ...fields });
  return [{ channel: 'window', from, type, maxBytes, schema }];
}

/** `s` is the sequence number, which grows with every message. */
function describePort(
  channel: MessageDescription['channel'],
  from: MessageDescription['from'],
  messages: Fields<string>,
): MessageDescription[] {
  return Object.entries(messages).map(([type, [maxBytes, fields]]) => ({
    channel,
    from,
    type,
    maxBytes,
    schema: v.strictObject({ t: v.literal(type), s: sequence, ...fields }),
  }));
}
