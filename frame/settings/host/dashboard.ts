import { type ReadonlySignal, signal } from '@preact/signals';
import { createPortChannel } from '../../../shared/port-channel.ts';
import {
  SETTINGS_HOST_GUARDS,
  type SettingsAppearance,
  type SettingsErrorCode,
  type SettingsFrameMessage,
  type SettingsHostMessage,
} from '../../../shared/settings-port-message.ts';
import type { Handshake } from '../../host/handshake.ts';

/** What the view knows of the dashboard around it, and the little it may tell it. */
export type Dashboard = {
  /** Resolves when the dashboard has said how the view is to look and which page to open. */
  readonly isSetUp: Promise<void>;
  readonly appearance: ReadonlySignal<SettingsAppearance>;
  /** As the dashboard wants it; `""` if it does not say. */
  readonly locale: ReadonlySignal<string>;
  /** The page the dashboard's own address names. */
  readonly wantedRoute: ReadonlySignal<string>;
  /** Grows each time the dashboard says that a sign-in that had ended may be back. */
  readonly signIns: ReadonlySignal<number>;
  /** Asks the dashboard for a token; `null` if it has none. */
  requestToken(): Promise<string | null>;
  tellRoute(route: string, isReplaced: boolean): void;
  tellHeight(height: number): void;
  tellSaved(version: number): void;
  tellUnsaved(count: number): void;
  tellError(code: SettingsErrorCode): void;
};

type Options = { readonly now: () => number };

/** Speaks over the port of `handshake` from now on, and says `ready` at once. */
export function connectDashboard({ port, f }: Handshake, { now }: Options): Dashboard {
  const heard = createHeard();
  const tokens = createTokenRequests();

  const channel = createPortChannel<SettingsHostMessage, SettingsFrameMessage>(port, {
    guards: SETTINGS_HOST_GUARDS,
    dataOf: ({ data }) => data,
    onMessage(message) {
      if (message.t === 'token') tokens.answer(message.id, message.token);
      else if (message.t === 'ping') channel.send({ t: 'pong' });
      else heard.take(message);
    },
    // Nobody is there any more to give a token: whoever waits for one is told so.
    onBroken: tokens.giveUp,
    now,
  });
  channel.send({ t: 'ready', f });

  return {
    ...heard,
    requestToken: () => tokens.request((id) => channel.send({ t: 'token-needed', id })),
    tellRoute(route, isReplaced) {
      // The dashboard's address now names this one, so that going back to the one before is a change.
      heard.take({ t: 'route', route });
      channel.send({ t: 'route', route, isReplaced });
    },
    tellHeight: (h) => channel.send({ t: 'height', h }),
    tellSaved: (version) => channel.send({ t: 'saved', version }),
    tellUnsaved: (count) => channel.send({ t: 'unsaved', count }),
    tellError: (code) => channel.send({ t: 'error', code }),
  };
}

/** What the dashboard has said so far. */
function createHeard() {
  const appearance = signal<SettingsAppearance>({});
  const locale = signal('');
  const wantedRoute = signal('');
  const signIns = signal(0);
  let setUp: () => void = () => {};
  const isSetUp = new Promise<void>((resolve) => {
    setUp = resolve;
  });

  function take(message: Exclude<SettingsHostMessage, { t: 'token' | 'ping' }>): void {
    if ('appearance' in message) appearance.value = message.appearance;
    if ('locale' in message) locale.value = message.locale;
    if ('route' in message) wantedRoute.value = message.route;
    if (message.t === 'signed-in') signIns.value++;
    if (message.t === 'setup') setUp();
  }

  return { isSetUp, appearance, locale, wantedRoute, signIns, take };
}

/** Each request is answered by its number, or with `null` when nobody is left to answer. */
function createTokenRequests() {
  const waiting = new Map<number, (token: string | null) => void>();
  let last = 0;

  return {
    request: (ask: (id: number) => void) =>
      new Promise<string | null>((resolve) => {
        waiting.set(++last, resolve);
        ask(last);
      }),
    answer(id: number, token: string | null) {
      waiting.get(id)?.(token);
      waiting.delete(id);
    },
    giveUp() {
      for (const resolve of waiting.values()) resolve(null);
      waiting.clear();
    },
  };
}
