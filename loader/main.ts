import { type Casement, publish } from './casement.ts';
import { guard } from './guard.ts';

guard(() => {
  const { currentScript } = document;
  // Markup can put an element called `currentScript` in this place, but never a script.
  const own: Readonly<Record<string, string | undefined>> =
    currentScript instanceof HTMLScriptElement ? { origin: currentScript.src, ...currentScript.dataset } : {};
  window.Casement ??= { q: [] };
  // Whatever else the page has by that name stays; then the widget has no API here.
  const casement: Casement = window.Casement.q ? window.Casement : { q: [] };
  // The script may be there twice, also from two servers: the first one boots for all.
  if (!casement.boot) publish(casement, own.origin);
  if (own.key) casement.boot?.(own);
  casement.q.push(...casement.q.splice(0));
})();
