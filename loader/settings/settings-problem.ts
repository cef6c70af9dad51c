import type { LoaderErrorCode } from '../../shared/error-code.ts';
import type { SettingsErrorCode } from '../../shared/settings-port-message.ts';
import { hostOrigin } from '../pristine.ts';

export type SettingsProblem = SettingsErrorCode | Exclude<LoaderErrorCode, 'UNKNOWN_KEY' | 'VISITOR_REFUSED'>;

/** What the dashboard's developer can do about a problem, in one sentence. */
export function describeSettingsProblem(code: SettingsProblem, settingsOrigin: string): string {
  const list = `add ${hostOrigin} to DASHBOARD_ORIGINS`;
  const check = `check that ${settingsOrigin} runs`;
  const cures: Record<SettingsProblem, string> = {
    SIGN_IN_ENDED: 'getToken gave no token that is valid: sign in again, then call signedIn()',
    UNREACHABLE: check,
    WIDGET_NOT_FOUND: 'the company of the token has no widget of that name',
    PERMISSION_DENIED: 'the role in the token does not permit it',
    ORIGIN_NOT_ALLOWED: list,
    BLOCKED_BY_CSP: `add ${settingsOrigin} to frame-src of the page's policy`,
    FRAME_REFUSED: `${list}, and ${check}`,
    TIMEOUT: check,
    OFFLINE: 'there is no network',
  };
  return cures[code];
}
