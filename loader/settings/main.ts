import { guard } from '../guard.ts';

guard(() => {
  window.Casement ??= { q: [] };
})();
