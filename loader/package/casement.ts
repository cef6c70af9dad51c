import { type Casement, publish } from '../casement.ts';
import { type SettingsOptions, type SettingsView, mountSettings as show } from '../settings/mount-settings.ts';
import type { BootOptions, Widget } from '../widget.ts';

export type { SettingsEvents, SettingsOptions, SettingsView } from '../settings/mount-settings.ts';
export type { BootOptions, Widget } from '../widget.ts';

/** Whoever bundles the package has no script tag that would say where the widget is served from. */
type Served = { readonly origin: string };

/**
 * Draws a widget and answers it; for an id that is on the page already, answers that one. With the script tag on the
 * same page, both know the same widgets. Answers `undefined` if it cannot, and says why in the console.
 */
export function boot(options: BootOptions & Served): Widget | undefined {
  const casement: Casement = window.Casement?.boot ? window.Casement : own;
  if (!casement.boot) publish(casement, undefined);
  return casement.boot?.(options);
}

/** Shows the settings view in `element`. */
export function mountSettings(element: Element, options: SettingsOptions & Served): SettingsView {
  return show(element, options);
}

const own: Casement = { q: [] };
