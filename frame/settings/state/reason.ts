import { isPermitted, type Permission, ROLES, type Role } from '../../../shared/permission.ts';

/** Why `role` may not do something, in a sentence; `undefined` if it may. The server decides; this only explains. */
export function reasonAgainst(role: Role, permission: Permission): string | undefined {
  if (isPermitted(role, permission)) return undefined;
  const people = ROLES.filter((one) => one !== 'service' && isPermitted(one, permission)).map((one) => NAMES[one]);
  return `Your role is ${role}. This needs ${new Intl.ListFormat('en', { type: 'disjunction' }).format(people)}.`;
}

const NAMES = {
  owner: 'an owner',
  admin: 'an admin',
  editor: 'an editor',
  viewer: 'a viewer',
  service: 'a service',
} as const;
