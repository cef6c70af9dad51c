import { ROLES, type Role } from '../../../shared/permission.ts';

/** The roles that people sign in with. */
export type AdminRole = Exclude<Role, 'service'>;

export const ADMIN_ROLES = ROLES.filter((role): role is AdminRole => role !== 'service');
