import { guard } from './guard.ts';
import { type BootOptions, createWidget, type Widget } from './widget.ts';

/** A call that was made before the script had come: `['open']`, `['on', 'unread', listener]`. */
export type QueuedCall = readonly [name: string, ...args: unknown[]];

/** `window.Casement`: first only a queue, with `publish` also the way to `boot`, and then the widget booted last, too. */
export type Casement = Partial<Widget> & {
  readonly q: QueuedCall[];
  /** Draws a widget and answers it; for an id that is on the page already, answers that one. */
  boot?: (options: BootOptions | Readonly<Record<string, unknown>>) => Widget | undefined;
};

declare global {
  interface Window {
    Casement?: Casement;
  }
}

/** Teaches `casement` to boot, and to make a queued call at once. `origin` is where widgets are served from if they do not say. */
export function publish(casement: Casement, origin: string | undefined): void {
  const widgets: Record<string, Widget> = {};
  casement.boot = guard((given) => {
    const options: Readonly<Record<string, unknown>> = { origin, ...given };
    const id = `${options.id ?? options.key}`;
    widgets[id] ??= createWidget(options, id, () => delete widgets[id]);
    const widget = widgets[id];
    Object.assign(casement, widget);
    return widget;
  });
  const perform = guard(([name, ...args]: QueuedCall) => Reflect.get(casement, name)(...args));
  casement.q.push = (...calls) => calls.map(perform).length;
}
