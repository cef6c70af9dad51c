import { isNonce, type Nonce } from './nonce.ts';
import type { Guards } from './port-message.ts';

/** How the view is to look beside the dashboard around it. What is left out is Casement's own. */
export type SettingsAppearance = {
  readonly mode?: 'light' | 'dark' | 'auto';
  /** Colours as `#rrggbb`. */
  readonly primary?: string;
  readonly surface?: string;
  readonly background?: string;
  readonly text?: string;
  readonly line?: string;
  /** A list of families as in CSS, of what the admin's system has: nothing is downloaded. */
  readonly fontFamily?: string;
  /** Of cards and fields, in CSS pixels. */
  readonly radius?: number;
};

export const SETTINGS_COLOURS = ['primary', 'surface', 'background', 'text', 'line'] as const;

/** What the dashboard is told by name. */
export type SettingsErrorCode = 'SIGN_IN_ENDED' | 'UNREACHABLE' | 'WIDGET_NOT_FOUND' | 'PERMISSION_DENIED';
export const SETTINGS_ERROR_CODES: readonly SettingsErrorCode[] = [
  'SIGN_IN_ENDED',
  'UNREACHABLE',
  'WIDGET_NOT_FOUND',
  'PERMISSION_DENIED',
];

/** The longest token a dashboard may hand over, in characters. */
export const LONGEST_ADMIN_TOKEN = 8_192;

/** What the settings loader may say over the port. `setup` is the answer to `ready`, and comes once and first. */
export type SettingsHostMessage =
  | { readonly t: 'setup'; readonly appearance: SettingsAppearance; readonly locale: string; readonly route: string }
  /** The answer to `token-needed`; `null` if the dashboard has none, because the admin's sign-in has ended. */
  | { readonly t: 'token'; readonly id: number; readonly token: string | null }
  | { readonly t: 'appearance'; readonly appearance: SettingsAppearance }
  | { readonly t: 'locale'; readonly locale: string }
  /** The dashboard's own address has changed, as by its back button. */
  | { readonly t: 'route'; readonly route: string }
  /** A sign-in that had ended may be back: the view asks for a token again. */
  | { readonly t: 'signed-in' }
  | { readonly t: 'ping' };

/** What the settings view may say over the port. No type carries a setting, a key, a secret or a visitor's words. */
export type SettingsFrameMessage =
  | { readonly t: 'ready'; readonly f: Nonce }
  | { readonly t: 'token-needed'; readonly id: number }
  /** The height of the content in CSS pixels. */
  | { readonly t: 'height'; readonly h: number }
  /** The page that is open; `isReplaced` if it takes the place of the one before in the history. */
  | { readonly t: 'route'; readonly route: string; readonly isReplaced: boolean }
  | { readonly t: 'saved'; readonly version: number }
  | { readonly t: 'unsaved'; readonly count: number }
  | { readonly t: 'error'; readonly code: SettingsErrorCode }
  | { readonly t: 'pong' };

type Fields = Readonly<Record<string, unknown>>;
type Host<T extends SettingsHostMessage['t']> = Extract<SettingsHostMessage, { t: T }>;
type Frame<T extends SettingsFrameMessage['t']> = Extract<SettingsFrameMessage, { t: T }>;

export const SETTINGS_HOST_GUARDS: Guards<SettingsHostMessage> = {
  setup: (fields): fields is Host<'setup'> =>
    hasOnly(fields, 3) &&
    isSettingsAppearance(fields.appearance) &&
    isLocale(fields.locale) &&
    isSettingsRoute(fields.route),
  token: (fields): fields is Host<'token'> =>
    hasOnly(fields, 2) && isCount(fields.id) && (fields.token === null || isToken(fields.token)),
  appearance: (fields): fields is Host<'appearance'> => hasOnly(fields, 1) && isSettingsAppearance(fields.appearance),
  locale: (fields): fields is Host<'locale'> => hasOnly(fields, 1) && isLocale(fields.locale),
  route: (fields): fields is Host<'route'> => hasOnly(fields, 1) && isSettingsRoute(fields.route),
  'signed-in': (fields): fields is Host<'signed-in'> => hasOnly(fields, 0),
  ping: (fields): fields is Host<'ping'> => hasOnly(fields, 0),
};

export const SETTINGS_FRAME_GUARDS: Guards<SettingsFrameMessage> = {
  ready: (fields): fields is Frame<'ready'> => hasOnly(fields, 1) && isNonce(fields.f),
  'token-needed': (fields): fields is Frame<'token-needed'> => hasOnly(fields, 1) && isCount(fields.id),
  height: (fields): fields is Frame<'height'> => hasOnly(fields, 1) && isCount(fields.h),
  route: (fields): fields is Frame<'route'> =>
    hasOnly(fields, 2) && isSettingsRoute(fields.route) && typeof fields.isReplaced === 'boolean',
  saved: (fields): fields is Frame<'saved'> => hasOnly(fields, 1) && isCount(fields.version),
  unsaved: (fields): fields is Frame<'unsaved'> => hasOnly(fields, 1) && isCount(fields.count),
  error: (fields): fields is Frame<'error'> =>
    hasOnly(fields, 1) && SETTINGS_ERROR_CODES.includes(fields.code as SettingsErrorCode),
  pong: (fields): fields is Frame<'pong'> => hasOnly(fields, 0),
};

/** A route of the view: a page and what it shows of it, such as `keys` or `history/12`. `""` is the first page. */
export function isSettingsRoute(value: unknown): value is string {
  return isText(value, 200) && /^[a-z0-9/._-]*$/.test(value);
}

/** Whether `value` is an appearance with nothing in it that could end a declaration or name an address. */
export function isSettingsAppearance(value: unknown): value is SettingsAppearance {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, part]) => {
    if (name === 'mode') return part === 'light' || part === 'dark' || part === 'auto';
    if (name === 'radius') return isCount(part) && part <= 40;
    if (name === 'fontFamily') return isText(part, 200) && /^[\w "',-]+$/.test(part);
    return SETTINGS_COLOURS.includes(name as 'primary') && isText(part, 7) && /^#[0-9a-f]{6}$/.test(part);
  });
}

function isLocale(value: unknown): value is string {
  return isText(value, 35) && /^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/.test(value);
}

function isToken(value: unknown): value is string {
  return isText(value, LONGEST_ADMIN_TOKEN) && /^[\w.~+/=-]+$/.test(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** `t` and the sequence number `s` are in every message; `count` is how many fields come on top. */
function hasOnly(fields: Fields, count: number): boolean {
  return Object.keys(fields).length === count + 2;
}
