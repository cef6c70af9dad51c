import { API_BASE } from '../../../shared/api-path.ts';
import type { IsolationDocument } from '../../../shared/isolation-document.ts';
import { DRAFT_NAME, openName, resumeName } from '../../../shared/storage-name.ts';
import { RESUME_COOKIE_PREFIX } from '../../domain/visitor.ts';
import { COOKIE_ATTRIBUTES } from '../resume-cookie.ts';

/** Every cookie there is, with the routes that set or clear it. */
export const COOKIES: IsolationDocument['cookies'] = [
  {
    name: `${RESUME_COOKIE_PREFIX}{widget and site}`,
    attributes: ['Max-Age={seconds}', ...COOKIE_ATTRIBUTES],
    setBy: [`POST ${API_BASE}/session`, `DELETE ${API_BASE}/session`],
    holds:
      'a random secret that finds a visitor again below the same top-level site, for as long as the settings of the widget say; absent where they say "tab" or "never"',
  },
];

/** Everything that loader and frame store in a browser. */
export const STORAGE: IsolationDocument['storage'] = [
  {
    where: 'frame',
    kind: 'sessionStorage',
    name: DRAFT_NAME,
    holds: 'what was being written when a session ended, until the next document has read it',
  },
  {
    where: 'frame',
    kind: 'sessionStorage',
    name: resumeName('{key}'),
    holds: 'a random secret that finds a visitor again in this tab, where the settings of the widget say "tab"',
  },
  {
    where: 'host page',
    kind: 'sessionStorage',
    name: openName('{id}'),
    holds: '"open" while the panel is open',
  },
];
