import type { API_BASE } from '../shared/api-path.ts';
import { isLauncherLook } from '../shared/port-message.ts';
import type { Draw } from './shell.ts';

/** Typed by the contract instead of imported from it: the text is needed once, and every name costs bytes. */
const CONFIG_PATH: `${typeof API_BASE}/config` = '/api/v1/widget/config';

/**
 * Asks the server for the published look of a widget and draws it; across origins `fetch` sends no credentials. Calls
 * `onRefused` if there is no answer that may be read: a refusal looks like that, by design.
 */
export function fetchLook([key, widgetOrigin]: readonly string[], draw: Draw, onRefused: () => void): void {
  fetch(`${widgetOrigin}${CONFIG_PATH}?key=${key}`)
    .then((answer) => answer.json())
    .then((answer) => isLauncherLook(answer.look) && draw(answer))
    // A moment later, because if it was the page's own policy, the browser only says so then.
    .catch(() => setTimeout(onRefused, 100));
}
