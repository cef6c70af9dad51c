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
  const appearance = signal<SettingsAppearance>({});
  const locale = signal('');
  const wantedRoute = signal('');
  const signIns = signal(0);
  const waiting = new Map<number, (token: string | null) => void>();
  let requests = 0;
  let setUp: () => void = () => {};
  const isSetUp = new Promise<void>((resolve) => {
    setUp = resolve;
  });

  function receive(message: SettingsHostMessage): void {
    switch (message.t) {
      case 'setup':
        appearance.value = message.appearance;
        locale.value = message.locale;
        wantedRoute.value = message.route;
        setUp();
        return;
      case 'appearance':
        appearance.value = message.appearance;
        return;
      case 'locale':
        locale.value = message.locale;
        return;
      case 'route':
        wantedRoute.value = message.route;
        return;
      case 'token':
        waiting.get(message.id)?.(message.token);
        waiting.delete(message.id);
        return;
      case 'signed-in':
        signIns.value++;
        return;
      case 'ping':
        channel.send({ t: 'pong' });
        return;
      default:
        message satisfies never;
    }
  }

  const channel = createPortChannel<SettingsHostMessage, SettingsFrameMessage>(port, {
    guards: SETTINGS_HOST_GUARDS,
    onMessage: receive,
    // Nobody is there any more to give a token: whoever waits for one is told so.
    onBroken: () => {
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
    },
    now,
  });
  channel.send({ t: 'ready', f });

  return {
    isSetUp,
    appearance,
    locale,
    wantedRoute,
    signIns,
    requestToken: () =>
      new Promise((resolve) => {
        const id = ++requests;
        waiting.set(id, resolve);
        channel.send({ t: 'token-needed', id });
      }),
    tellRoute(route, isReplaced) {
      // The dashboard's address now names this one, so that going back to the one before is a change.
      wantedRoute.value = route;
      channel.send({ t: 'route', route, isReplaced });
    },
    tellHeight: (h) => channel.send({ t: 'height', h }),
    tellSaved: (version) => channel.send({ t: 'saved', version }),
    tellUnsaved: (count) => channel.send({ t: 'unsaved', count }),
    tellError: (code) => channel.send({ t: 'error', code }),
  };
}
