// The declarations of `casement`, written out so that they need nothing but themselves.
// package.test.ts holds them against the source.

/** What `boot` takes beside the widget's key and where it is served from. */
export type LauncherLook = {
  /** `#rrggbb` */
  readonly accent: string;
  readonly mode: 'light' | 'dark' | 'auto';
  readonly icon: 'chat' | 'question' | 'spark';
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

export type BootOptions = {
  readonly key: string;
  /** A URL of the origin that serves the widget. */
  readonly origin?: string;
  /** Tells several widgets of one key apart; the key itself unless told. */
  readonly id?: string;
  /** `eager` asks for the published look at once, instead of waiting for the frame to tell it. */
  readonly config?: string;
} & { readonly [N in keyof LauncherLook]?: LauncherLook[N] | string };

export type LoaderErrorCode =
  | 'ORIGIN_NOT_ALLOWED'
  | 'UNKNOWN_KEY'
  | 'BLOCKED_BY_CSP'
  | 'FRAME_REFUSED'
  | 'TIMEOUT'
  | 'OFFLINE'
  | 'VISITOR_REFUSED';

export type WidgetEvents = {
  /** The frame has answered: from here on a visitor can type. */
  readonly ready: undefined;
  readonly opened: undefined;
  readonly closed: undefined;
  /** How many replies the visitor has not seen. */
  readonly unread: number;
  readonly error: { readonly code: LoaderErrorCode; readonly message: string };
  readonly 'conversation-started': undefined;
  readonly 'message-sent': undefined;
  readonly 'reply-started': undefined;
  readonly 'reply-ended': undefined;
  readonly 'reply-failed': undefined;
  readonly 'session-ended': undefined;
  /** The server has believed who the visitor is. */
  readonly identified: undefined;
  /** The visitor's sessions in this browser have ended. */
  readonly 'logged-out': undefined;
};

type Listener<D> = { call(detail?: D): void }['call'];

/** Signed by the company's backend; a function is asked each time a token is needed, and never before a frame is there. */
export type IdentityToken = string | (() => string | Promise<string>);

/** One widget on the page. No method throws. */
export type Widget = {
  /** Calls `listener` at every event of the name; answers the function that ends it. */
  readonly on: <N extends keyof WidgetEvents>(name: N, listener: Listener<WidgetEvents[N]>) => () => void;
  /** Like `on`, for the next event only. */
  readonly once: <N extends keyof WidgetEvents>(name: N, listener: Listener<WidgetEvents[N]>) => () => void;
  /** Shows the panel and moves the focus into it. */
  readonly open: () => void;
  /** Hides the panel and gives the focus to the launcher. */
  readonly close: () => void;
  readonly toggle: () => void;
  readonly isOpen: () => boolean;
  /** Says who the visitor is. The frame is not mounted for it. */
  readonly identify: (token: IdentityToken) => void;
  /** Ends what was said of the visitor, here and in every tab of the browser. The chat begins anew, empty. */
  readonly logout: () => void;
  /** Tells the assistant about the visit, with each message from now on: at most ten strings, together 2,048 characters. */
  readonly setContext: (lines: readonly string[]) => void;
  /** Takes everything back: elements, listeners, timers, what was stored. The methods do nothing from then on. */
  readonly destroy: () => void;
};

/**
 * Draws a widget and answers it; for an id that is on the page already, answers that one. Answers `undefined` if it
 * cannot, and says why in the console.
 */
export function boot(options: BootOptions & { readonly origin: string }): Widget | undefined;

/** How the settings view is to look beside the dashboard around it. What is left out is Casement's own. */
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

export type SettingsOptions = {
  /** The widget's name within the company; `main` is the first one. */
  readonly widget: string;
  /** The dashboard's own JWT of whoever is signed in; nothing if nobody is. Asked whenever one is needed. */
  readonly getToken: () => string | null | undefined | Promise<string | null | undefined>;
  readonly appearance?: SettingsAppearance;
  /** A language tag; the browser's languages unless told. */
  readonly locale?: string;
  /** The page to open, as the `route` event named it. */
  readonly route?: string;
  /** A URL of the settings origin. */
  readonly origin?: string;
};

export type SettingsProblem =
  | 'SIGN_IN_ENDED'
  | 'UNREACHABLE'
  | 'WIDGET_NOT_FOUND'
  | 'PERMISSION_DENIED'
  | Exclude<LoaderErrorCode, 'UNKNOWN_KEY'>;

export type SettingsEvents = {
  readonly saved: { readonly version: number };
  /** How many changes are not published. */
  readonly unsaved: { readonly count: number };
  /** The page that is open; `isReplaced` if it takes the place of the one before in the history. */
  readonly route: { readonly route: string; readonly isReplaced: boolean };
  readonly error: { readonly code: SettingsProblem; readonly message: string };
  readonly resize: { readonly height: number };
};

/** One settings view on the page. No method throws. */
export type SettingsView = {
  /** Calls `listener` at every event of the name; answers the function that ends it. */
  readonly on: <N extends keyof SettingsEvents>(name: N, listener: (detail: SettingsEvents[N]) => void) => () => void;
  readonly setAppearance: (appearance: SettingsAppearance) => void;
  readonly setLocale: (locale: string) => void;
  /** Opens a page, as when the dashboard's own address has changed. */
  readonly setRoute: (route: string) => void;
  /** Says that a sign-in that had ended may be back. */
  readonly signedIn: () => void;
  /** Takes the view out of the page. The methods do nothing from then on. */
  readonly destroy: () => void;
};

/** Shows the settings view in `element`, in an iframe of the settings origin, connected to this page alone. */
export function mountSettings(element: Element, options: SettingsOptions & { readonly origin: string }): SettingsView;
