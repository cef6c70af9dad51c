import { CONTEXT_MAX_CHARACTERS, CONTEXT_MOST_LINES } from './chat-limits.ts';
import { DEFAULT_LOOK } from './default-look.ts';
import { isNonce, type Nonce } from './nonce.ts';

/** What the host page may see of the widget's look: enough to draw the launcher, nothing of the conversation. */
export type LauncherLook = {
  /** `#rrggbb` */
  readonly accent: string;
  readonly mode: 'light' | 'dark' | 'auto';
  readonly icon: LauncherIcon;
  /** The launcher's accessible name. */
  readonly label: string;
  readonly position: 'start' | 'end';
  /** CSS pixels from the side edge and from the bottom edge. */
  readonly offsetSide: number;
  readonly offsetBottom: number;
  /** Corner radius of the panel in CSS pixels. */
  readonly radius: number;
  readonly zIndex: number;
};

export const LAUNCHER_ICONS = ['chat', 'question', 'spark'] as const;
export type LauncherIcon = (typeof LAUNCHER_ICONS)[number];

/** The names a host page may listen to. They say that something happened, never what was said. */
export const FRAME_EVENTS = [
  'conversation-started',
  'message-sent',
  'reply-started',
  'reply-ended',
  'reply-failed',
  'session-ended',
  'identified',
  'logged-out',
] as const;
export type FrameEvent = (typeof FRAME_EVENTS)[number];

/** What the loader may say over the port, and beside it, in a preview, the settings view. */
export type HostMessage =
  | { readonly t: 'open' }
  | { readonly t: 'close' }
  | { readonly t: 'ping' }
  /** Who the visitor is, in the words of the company's backend: a JWT that the server verifies. */
  | { readonly t: 'identity'; readonly jwt: string }
  | { readonly t: 'logout' }
  /** What the page says about the visit. Nobody vouches for it. */
  | { readonly t: 'context'; readonly lines: readonly string[] }
  | ({ readonly t: 'preview' } & PreviewMessage);

/** What the settings view tells the document of a preview. Every other document of the frame does not listen to it. */
export type PreviewMessage = {
  /** Of `POST /preview`, for the one session of this document. */
  readonly ticket?: string;
  /** How the panel is to look and speak from now on: a `Configuration` as JSON. */
  readonly configuration?: string;
};

/** In UTF-16 code units. */
export const LONGEST_PREVIEW_TEXTS: Readonly<Record<keyof PreviewMessage, number>> = {
  ticket: 2_000,
  configuration: 8_192,
};

/** What the frame may say over the port. No type carries HTML, a URL, a token or words of the conversation. */
export type FrameMessage =
  | { readonly t: 'ready'; readonly f: Nonce }
  | { readonly t: 'look'; readonly look: LauncherLook }
  | { readonly t: 'unread'; readonly n: number }
  | { readonly t: 'event'; readonly name: FrameEvent }
  | { readonly t: 'close' }
  /** The session is over and the visitor wants to go on: only a new document, with a new ticket, can. */
  | { readonly t: 'restart' }
  /** Asks what the page has to say about its visitor: once it can be acted on, and again when a token was too old. */
  | { readonly t: 'visitor-needed' }
  /** What the page said about its visitor is not believed. */
  | { readonly t: 'error' }
  | { readonly t: 'pong' };

type Fields = Readonly<Record<string, unknown>>;

/** One guard for each type: whether the fields beside `t` are exactly what the type declares. */
export type Guards<M extends { readonly t: string }> = {
  readonly [T in M['t']]: (fields: Fields) => fields is Extract<M, { t: T }>;
};

export const HOST_MESSAGE_GUARDS: Guards<HostMessage> = {
  open: isBare,
  close: isBare,
  ping: isBare,
  preview: (fields): fields is Extract<HostMessage, { t: 'preview' }> =>
    Object.keys(fields).every((name) => name === 't' || name === 's' || isPreviewText(name, fields[name])),
  identity: (fields): fields is Extract<HostMessage, { t: 'identity' }> =>
    hasOnly(fields, 1) && isIdentityToken(fields.jwt),
  logout: isBare,
  context: (fields): fields is Extract<HostMessage, { t: 'context' }> => hasOnly(fields, 1) && isContext(fields.lines),
};

export const FRAME_MESSAGE_GUARDS: Guards<FrameMessage> = {
  ready: (fields): fields is Extract<FrameMessage, { t: 'ready' }> => hasOnly(fields, 1) && isNonce(fields.f),
  look: (fields): fields is Extract<FrameMessage, { t: 'look' }> => hasOnly(fields, 1) && isLauncherLook(fields.look),
  unread: (fields): fields is Extract<FrameMessage, { t: 'unread' }> => hasOnly(fields, 1) && isUpTo(999, fields.n),
  event: (fields): fields is Extract<FrameMessage, { t: 'event' }> =>
    hasOnly(fields, 1) && isOneOf(fields.name, FRAME_EVENTS),
  close: isBare,
  restart: isBare,
  pong: isBare,
  error: isBare,
  'visitor-needed': isBare,
};

/** Whether `value` can be a JWT (RFC 7519): whether it is one, the server finds out. */
export function isIdentityToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,4096}$/.test(value);
}

/** Whether `value` is at most ten strings of at most 2,048 characters together. */
export function isContext(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= CONTEXT_MOST_LINES &&
    // `every` would not look at a hole.
    value.findIndex((line) => typeof line !== 'string') < 0 &&
    value.join('').length <= CONTEXT_MAX_CHARACTERS
  );
}

/** What each field of a look has to be, in the order of {@link DEFAULT_LOOK}: a text that looks so, or 0 up to a number. */
const LOOK_RULES = [
  /^#[0-9a-f]{6}$/,
  /^(light|dark|auto)$/,
  /^(chat|question|spark)$/,
  /^.{0,80}$/s,
  /^(start|end)$/,
  400,
  400,
  40,
  2_147_483_647,
];

/** Whether `value` is a whole launcher look; used for the port and for the answer of the configuration route. */
export function isLauncherLook(value: unknown): value is LauncherLook {
  const look: Fields = Object(value);
  return (
    Object.keys(look).length === 9 &&
    Object.keys(DEFAULT_LOOK).every((name, at) => {
      const field = look[name];
      const rule = LOOK_RULES[at];
      return typeof rule === 'number' ? isUpTo(rule, field) : typeof field === 'string' && rule?.test(field);
    })
  );
}

function isBare<M extends Fields>(fields: Fields): fields is M {
  return hasOnly(fields, 0);
}

/** `t` and the sequence number `s` are in every message; `count` is how many fields come on top. */
function hasOnly(fields: Fields, count: number): boolean {
  return Object.keys(fields).length === count + 2;
}

function isPreviewText(name: string, text: unknown): boolean {
  const [, longest = -1] = Object.entries(LONGEST_PREVIEW_TEXTS).find(([known]) => known === name) ?? [];
  return typeof text === 'string' && text.length <= longest;
}

function isUpTo(most: number, value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

function isOneOf<T extends string>(value: unknown, list: readonly T[]): value is T {
  return list.includes(value as T);
}
