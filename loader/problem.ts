import type { LoaderErrorCode } from '../shared/error-code.ts';
import { hostOrigin } from './pristine.ts';

/** What the embedder can do about a problem, in one line. */
export function describeProblem(code: LoaderErrorCode, key: string, widgetOrigin: string): string {
  const allow = `add ${hostOrigin} to the allowlist of ${key}`;
  const cures: Record<LoaderErrorCode, string> = {
    UNKNOWN_KEY: `check ${key}`,
    ORIGIN_NOT_ALLOWED: allow,
    BLOCKED_BY_CSP: `add ${widgetOrigin} to frame-src, connect-src`,
    FRAME_REFUSED: `${allow}, check ${widgetOrigin}`,
    TIMEOUT: `check ${widgetOrigin}`,
    OFFLINE: 'check the network',
    VISITOR_REFUSED: 'check the call',
  };
  return cures[code];
}
