import type { LoaderErrorCode } from '../shared/error-code.ts';
import { listen } from './pristine.ts';

/**
 * Notices when the page's Content-Security-Policy keeps something from `widgetOrigin` away, until the answered function
 * is called. Without its frame the widget must `fail`; of all else (a request for the published look) it is enough to
 * `tell`. A policy that only reports blocks nothing.
 */
export function watchCsp(
  widgetOrigin: string,
  fail: (code: LoaderErrorCode) => void,
  tell: (code: LoaderErrorCode) => void,
): () => void {
  return listen(document, 'securitypolicyviolation', ({ disposition, effectiveDirective, blockedURI }) => {
    if (disposition !== 'enforce' || !blockedURI.startsWith(widgetOrigin)) return;
    const act = effectiveDirective === 'frame-src' ? fail : tell;
    act('BLOCKED_BY_CSP');
  });
}
