import type { Settings } from './settings.ts';

/** The role a company's token gives its bearer, most powerful first. `service` is for backends, not for people. */
export const ROLES = ['owner', 'admin', 'editor', 'viewer', 'service'] as const;
export type Role = (typeof ROLES)[number];

const EVERYBODY = ['owner', 'admin', 'editor', 'viewer'] as const;
const WRITERS = ['owner', 'admin', 'editor'] as const;
const ADMINS = ['owner', 'admin'] as const;
const OWNERS = ['owner'] as const;

/** Who may do what. The server decides by this table; the settings view explains by the same one. */
export const PERMISSIONS = {
  'widget:create': OWNERS,
  'settings:read': EVERYBODY,
  /** Saving at all; what has changed decides what else is needed, see `SECTION_PERMISSIONS`. */
  'settings:write': WRITERS,
  'settings:write-appearance': WRITERS,
  'settings:write-texts': WRITERS,
  'settings:write-assistant': WRITERS,
  'settings:write-sites': ADMINS,
  /** Limits, privacy and which features are on. */
  'settings:write-limits': ADMINS,
  'settings:restore': ADMINS,
  'keys:read': EVERYBODY,
  'keys:rotate-public': ADMINS,
  /** Signing and identity keys. */
  'keys:rotate-secret': OWNERS,
  'knowledge:read': EVERYBODY,
  'knowledge:write': WRITERS,
  'analytics:read': EVERYBODY,
  'audit:read': OWNERS,
  'config:read': [...EVERYBODY, 'service'],
  'wallet:write': ['owner', 'service'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** What changing a part of the settings needs. */
export const SECTION_PERMISSIONS = {
  theme: 'settings:write-appearance',
  launcher: 'settings:write-appearance',
  defaultLocale: 'settings:write-texts',
  locales: 'settings:write-texts',
  assistant: 'settings:write-assistant',
  allowlist: 'settings:write-sites',
  features: 'settings:write-limits',
  persistence: 'settings:write-limits',
  retention: 'settings:write-limits',
  limits: 'settings:write-limits',
} as const satisfies Record<keyof Settings, Permission>;

export function isPermitted(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}
