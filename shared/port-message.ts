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
] as const;
export type FrameEvent = (typeof FRAME_EVENTS)[number];

/** What the loader may say over the port, and beside it, in a preview, the settings view. */
export type HostMessage =
  | { readonly t: 'open' }
  | { readonly t: 'close' }
  | { readonly t: 'ping' }
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
  | { readonly t: 'pong' };

type Fields = Readonly<Record<string, unknown>>;

/** One guard for each type: whether the fields beside `t` are exactly what the type declares. */
export type Guards<M extends { readonly t: string }> = {
  readonly [T in M['t']]: (fields: Fields) => fields is Extract<M, { t: T }>;
};

export const HOST_MESSAGE_GUARDS: Guards<HostMessage> = {
  open: (fields): fields is Extract<HostMessage, { t: 'open' }> => hasOnly(fields, 0),
  close: (fields): fields is Extract<HostMessage, { t: 'close' }> => hasOnly(fields, 0),
  ping: (fields): fields is Extract<HostMessage, { t: 'ping' }> => hasOnly(fields, 0),
  preview: (fields): fields is Extract<HostMessage, { t: 'preview' }> =>
    Object.keys(fields).every((name) => name === 't' || name === 's' || isPreviewText(name, fields[name])),
};

export const FRAME_MESSAGE_GUARDS: Guards<FrameMessage> = {
  ready: (fields): fields is Extract<FrameMessage, { t: 'ready' }> => hasOnly(fields, 1) && isNonce(fields.f),
  look: (fields): fields is Extract<FrameMessage, { t: 'look' }> => hasOnly(fields, 1) && isLauncherLook(fields.look),
  unread: (fields): fields is Extract<FrameMessage, { t: 'unread' }> =>
    hasOnly(fields, 1) && isWithin(fields.n, 0, 999),
  event: (fields): fields is Extract<FrameMessage, { t: 'event' }> =>
    hasOnly(fields, 1) && isOneOf(fields.name, FRAME_EVENTS),
  close: (fields): fields is Extract<FrameMessage, { t: 'close' }> => hasOnly(fields, 0),
  restart: (fields): fields is Extract<FrameMessage, { t: 'restart' }> => hasOnly(fields, 0),
  pong: (fields): fields is Extract<FrameMessage, { t: 'pong' }> => hasOnly(fields, 0),
};

/** Whether `value` is a whole launcher look; used for the port and for the answer of the configuration route. */
export function isLauncherLook(value: unknown): value is LauncherLook {
  const look: Fields = Object(value);
  return (
    Object.keys(look).length === 9 &&
    typeof look.accent === 'string' &&
    /^#[0-9a-f]{6}$/.test(look.accent) &&
    isOneOf(look.mode, ['light', 'dark', 'auto']) &&
    isOneOf(look.icon, LAUNCHER_ICONS) &&
    typeof look.label === 'string' &&
    look.label.length <= 80 &&
    isOneOf(look.position, ['start', 'end']) &&
    isWithin(look.offsetSide, 0, 400) &&
    isWithin(look.offsetBottom, 0, 400) &&
    isWithin(look.radius, 0, 40) &&
    isWithin(look.zIndex, 0, 2_147_483_647)
  );
}

/** `t` and the sequence number `s` are in every message; `count` is how many fields come on top. */
function hasOnly(fields: Fields, count: number): boolean {
  return Object.keys(fields).length === count + 2;
}

function isPreviewText(name: string, text: unknown): boolean {
  const [, longest = -1] = Object.entries(LONGEST_PREVIEW_TEXTS).find(([known]) => known === name) ?? [];
  return typeof text === 'string' && text.length <= longest;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isOneOf<T extends string>(value: unknown, list: readonly T[]): value is T {
  return list.includes(value as T);
}
