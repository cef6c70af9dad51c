import { listen } from './pristine.ts';

/**
 * Calls `onBlocked` when the page's Content-Security-Policy keeps the frame of `widgetOrigin`, or a request to it, away,
 * until the answered function is called. A policy that only reports blocks nothing.
 */
export function watchCsp(widgetOrigin: string, onBlocked: () => void): () => void {
  return listen(document, 'securitypolicyviolation', ({ disposition, blockedURI }) => {
    if (disposition === 'enforce' && `${blockedURI}/`.startsWith(`${widgetOrigin}/`)) onBlocked();
  });
}
