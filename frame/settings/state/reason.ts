import { isPermitted, type Permission, ROLES, type Role, SECTION_PERMISSIONS } from '../../../shared/permission.ts';
import { type SettingsChange, sectionsOf } from '../../../shared/settings-change.ts';

/** Why `role` may not do something, in a sentence; `undefined` if it may. The server decides; this only explains. */
export function reasonAgainst(role: Role, permission: Permission): string | undefined {
  if (isPermitted(role, permission)) return undefined;
  const people = ROLES.filter((one) => one !== 'service' && isPermitted(one, permission)).map((one) => NAMES[one]);
  return `Your role is ${role}. This needs ${new Intl.ListFormat('en', { type: 'disjunction' }).format(people)}.`;
}

type Publishing = {
  readonly role: Role;
  /** The version that is published now. */
  readonly version: number;
  readonly changes: readonly SettingsChange[];
};

/**
 * Why `role` may not publish these changes. The first publish makes the widget; and a draft that was left in a higher role
 * may change what the role of today must not.
 */
export function reasonAgainstPublishing({ role, version, changes }: Publishing): string | undefined {
  const needed: readonly Permission[] = [
    'settings:write',
    ...(version === 0 ? (['widget:create'] as const) : []),
    ...sectionsOf(changes).map((section) => SECTION_PERMISSIONS[section]),
  ];
  return needed.map((permission) => reasonAgainst(role, permission)).find((reason) => reason !== undefined);
}

const NAMES = {
  owner: 'an owner',
  admin: 'an admin',
  editor: 'an editor',
  viewer: 'a viewer',
  service: 'a service',
} as const;
