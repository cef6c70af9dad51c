import type { LoaderErrorCode } from '../shared/error-code.ts';
import { hostOrigin } from './pristine.ts';

/** What the embedder can do about a problem, in one line. */
export function describeProblem(code: LoaderErrorCode, key: string, widgetOrigin: string): string {
  const allow = `add ${hostOrigin} to the allowlist of ${key}`;
  const check = `check that ${widgetOrigin} runs`;
  const cures: Record<LoaderErrorCode, string> = {
    UNKNOWN_KEY: `check the key ${key}`,
    ORIGIN_NOT_ALLOWED: allow,
    BLOCKED_BY_CSP: `add ${widgetOrigin} to frame-src and connect-src`,
    FRAME_REFUSED: `${allow}, ${check}`,
    TIMEOUT: check,
    OFFLINE: 'no network',
  };
  return cures[code];
}
