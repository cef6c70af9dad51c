import { DEFAULT_LOOK } from '../shared/default-look.ts';
import type { LoaderErrorCode } from '../shared/error-code.ts';
import { FRAME_ATTRIBUTES } from '../shared/frame-element.ts';
import { FRAME_MESSAGE_GUARDS, type LauncherLook } from '../shared/port-message.ts';
import { parsePublicKey } from '../shared/public-key.ts';
import { openName } from '../shared/storage-name.ts';
import { watchCsp } from './csp.ts';
import { createEvents, type Events } from './events.ts';
import { guard, report } from './guard.ts';
import { keepAttached } from './keep-attached.ts';
import { createPanel } from './panel.ts';
import { hostOrigin } from './pristine.ts';
import { describeProblem } from './problem.ts';
import { fetchLook } from './published-look.ts';
import { rememberOpen } from './remembered-open.ts';
import { createVisitor, type VisitorApi } from './visitor.ts';

/** What `boot` takes; a script tag says the same in `data-*` attributes. */
export type BootOptions = {
  readonly key: string;
  /** A URL of the origin that serves the widget; the script's own unless told. */
  readonly origin?: string;
  /** Tells several widgets of one key apart; the key itself unless told. */
  readonly id?: string;
  /** `eager` asks for the published look at once, instead of waiting for the frame to tell it. */
  readonly config?: string;
} & { readonly [N in keyof LauncherLook]?: LauncherLook[N] | string };

/** One widget on the page. No method throws. */
export type Widget = Pick<Events, 'on' | 'once'> &
  VisitorApi & {
    /** Shows the panel and moves the focus into it. */
    readonly open: () => void;
    /** Hides the panel and gives the focus to the launcher. The frame stays, and with it whatever is being answered. */
    readonly close: () => void;
    readonly toggle: () => void;
    readonly isOpen: () => boolean;
    /** Takes everything back: elements, listeners, timers, what was stored. The methods do nothing from then on. */
    readonly destroy: () => void;
  };

/** Draws the launcher. Nothing is requested or stored before a visitor shows intent, or opened it on the page before. */
export function createWidget(options: Readonly<Record<string, unknown>>, id: string, onDestroyed: () => void): Widget {
  const { on, once, emit } = createEvents();
  const { origin: widgetOrigin } = new URL(`${options.origin}`);
  const key = `${options.key}`;
  const name = openName(id);
  const look = { ...DEFAULT_LOOK, ...options };
  let problem = findProblem(key, widgetOrigin);
  let stops: (() => void)[] = [];

  const tell = (code: LoaderErrorCode): void => {
    const message = describeProblem(code, key, widgetOrigin);
    problem = code;
    report(code, message);
    emit('error', { code, message });
  };
  const url = `${widgetOrigin}/frame/${key}?o=${hostOrigin}`;
  const attributes = { ...FRAME_ATTRIBUTES, title: look.label };
  const place = [widgetOrigin, url, FRAME_MESSAGE_GUARDS, attributes] as const;
  const [visitor, hear] = createVisitor(tell);
  const panel = createPanel([name, look, place], emit, [tell, hear]);
  const [host, launcher, draw, mount, reset, setOpen, isOpen, fail] = panel;
  const toggle = (next = !isOpen()): void => {
    if (next) launcher.focus();
    setOpen(next);
  };
  // Whoever called `boot` has to get its answer first, to listen on it.
  if (problem) setTimeout(tell, 0, problem);
  else {
    launcher.onpointerenter = launcher.onfocus = () => problem ?? mount();
    launcher.onclick = () => toggle();
    stops = [keepAttached(host, reset), watchCsp(widgetOrigin, fail, tell)];
    if (rememberOpen(name)) setOpen(true);
    if (options.config)
      setTimeout(fetchLook, 0, [key, widgetOrigin], draw, () => problem ?? tell('ORIGIN_NOT_ALLOWED'));
  }
  return {
    open: () => toggle(true),
    close: () => setOpen(false),
    toggle: () => toggle(),
    on,
    once,
    isOpen,
    ...visitor,
    destroy: guard(() => {
      setOpen(false);
      for (const stop of stops) stop();
      reset();
      onDestroyed();
    }),
  };
}

/** What stands against the widget before anybody is asked. */
function findProblem(key: string, widgetOrigin: string): LoaderErrorCode | undefined {
  if (!parsePublicKey(key)) return 'UNKNOWN_KEY';
  if ([widgetOrigin, 'null'].includes(hostOrigin)) return 'ORIGIN_NOT_ALLOWED';
  return undefined;
}
