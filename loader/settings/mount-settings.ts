import type { LoaderErrorCode } from '../../shared/error-code.ts';
import {
  SETTINGS_HOST_GUARDS,
  type SettingsAppearance,
  type SettingsFrameMessage,
  type SettingsHostMessage,
} from '../../shared/settings-port-message.ts';
import { watchCsp } from '../csp.ts';
import { createEvents } from '../events.ts';
import { guard, report } from '../guard.ts';
import { hostOrigin } from '../pristine.ts';
import { insertSettings } from './settings-frame.ts';
import { describeSettingsProblem, type SettingsProblem } from './settings-problem.ts';

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
  /** A URL of the settings origin; the script's own unless told. */
  readonly origin?: string;
};

/** What a dashboard may listen to, and what the listener is given. */
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
export function mountSettings(element: Element, options: SettingsOptions): SettingsView {
  const { on, emit } = createEvents<SettingsEvents>();
  const settingsOrigin = new URL(`${options.origin}`).origin;
  const setup = { appearance: {} as SettingsAppearance, locale: '', route: '' };
  let isReady = false;

  const fail = (code: LoaderErrorCode): void => {
    frame.giveUp(tell(navigator.onLine || code === 'BLOCKED_BY_CSP' ? (code as SettingsProblem) : 'OFFLINE'));
    stopWatching();
  };
  const tell = (code: SettingsProblem): string => {
    const message = describeSettingsProblem(code, settingsOrigin);
    report(code, message);
    emit('error', { code, message });
    return message;
  };
  const change = (message: Extract<SettingsHostMessage, { t: keyof typeof setup }>): void => {
    // A message that is not valid would end the connection for whoever sends it.
    const isValid = isSound(message);
    if (isValid) Object.assign(setup, { [message.t]: Reflect.get(message, message.t) });
    else report(`the ${message.t} is not valid:`, Reflect.get(message, message.t));
    if (isValid && isReady) frame.send(message);
  };
  const answerToken = async (id: number): Promise<void> => {
    frame.send({ t: 'token', id, token: await findToken(options.getToken) });
  };
  const receive = (message: SettingsFrameMessage): void => {
    if (message.t === 'ready') {
      isReady = true;
      frame.send({ t: 'setup', ...setup });
      frame.watch();
    }
    if (message.t === 'token-needed') void answerToken(message.id);
    if (message.t === 'height') {
      frame.setHeight(message.h);
      emit('resize', { height: message.h });
    }
    if (message.t === 'route') {
      setup.route = message.route;
      emit('route', { route: message.route, isReplaced: message.isReplaced });
    }
    if (message.t === 'saved') emit('saved', { version: message.version });
    if (message.t === 'unsaved') emit('unsaved', { count: message.count });
    if (message.t === 'error') tell(message.code);
  };

  change({ t: 'appearance', appearance: options.appearance ?? {} });
  change({ t: 'locale', locale: options.locale ?? '' });
  change({ t: 'route', route: options.route ?? '' });
  const stopWatching = watchCsp(settingsOrigin, fail, fail);
  const frame = insertSettings(element, [settingsOrigin, options.widget], receive, fail);
  // Whoever mounted the view has to get it first, to listen on it.
  if ([settingsOrigin, 'null'].includes(hostOrigin)) setTimeout(fail, 0, 'ORIGIN_NOT_ALLOWED');
  return {
    on: (name, listener) => on(name, (detail) => detail && listener(detail)),
    setAppearance: (appearance) => change({ t: 'appearance', appearance }),
    setLocale: (locale) => change({ t: 'locale', locale }),
    setRoute: (route) => change({ t: 'route', route }),
    signedIn: () => frame.send({ t: 'signed-in' }),
    destroy: guard(() => {
      stopWatching();
      frame.remove();
    }),
  };
}

/** The dashboard's token if it has a sound one. What it says is never reported: it is a secret. */
async function findToken(getToken: SettingsOptions['getToken']): Promise<string | null> {
  try {
    const token = (await getToken()) ?? null;
    if (isSound({ t: 'token', id: 0, token })) return token;
    report('getToken gave something that is no token');
  } catch (error) {
    report('getToken failed:', error);
  }
  return null;
}

/** Whether the view's side of the port will take the message. */
function isSound(message: SettingsHostMessage): boolean {
  return SETTINGS_HOST_GUARDS[message.t]({ ...message, s: 0 });
}
