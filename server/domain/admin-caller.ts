import type { Origin } from '../../shared/origin.ts';
import { isPermitted, type Permission, type Role } from '../../shared/permission.ts';
import type { Actor } from '../../shared/settings-api.ts';
import { AppError } from '../errors.ts';

/** Somebody whom the company's own login vouches for, and the widget they want to work on. */
export type AdminCaller = {
  readonly companyId: string;
  /** Who it is, as the company's login calls them. */
  readonly subject: string;
  readonly role: Role;
  /** The widget's name within the company; there may be no such widget. */
  readonly widgetSlug: string;
};

/** A page of one of the dashboards, which shows the settings view; who sits before it, a token tells the API later. */
export type DashboardCaller = {
  readonly origin: Origin;
  /** The widget's name within whichever company it will be. */
  readonly widgetSlug: string;
};

/** Throws AppError `PERMISSION_DENIED` unless the caller's role may do this. */
export function requirePermission({ role }: Pick<AdminCaller, 'role'>, permission: Permission): void {
  if (isPermitted(role, permission)) return;
  throw new AppError('PERMISSION_DENIED', { message: `The role "${role}" has no permission "${permission}"` });
}

/** The caller as versions and the audit log name them. */
export function actorOf({ subject, role }: AdminCaller): Actor {
  return { subject, role };
}
