import { guard } from '../guard.ts';
import { mountSettings, type SettingsOptions } from './mount-settings.ts';

guard(() => {
  const { currentScript } = document;
  // Markup can put an element called `currentScript` in this place, but never a script.
  const origin = currentScript instanceof HTMLScriptElement ? currentScript.src : undefined;
  window.Casement ??= { q: [] };
  Object.assign(window.Casement, {
    mountSettings: guard((element: Element, options: SettingsOptions) =>
      mountSettings(element, { ...(origin !== undefined && { origin }), ...options }),
    ),
  });
})();
