import { expect, test } from 'vitest';
import { isPermitted, PERMISSIONS, type Permission, ROLES } from './permission.ts';

/** The table as an auditor would write it: who may do what, by first letter. */
const TABLE: Readonly<Record<Permission, string>> = {
  'widget:create': 'o',
  'settings:read': 'oaev',
  'settings:write': 'oae',
  'settings:write-appearance': 'oae',
  'settings:write-texts': 'oae',
  'settings:write-assistant': 'oae',
  'settings:write-sites': 'oa',
  'settings:write-limits': 'oa',
  'settings:restore': 'oa',
  'keys:read': 'oaev',
  'keys:rotate-public': 'oa',
  'keys:rotate-secret': 'o',
  'knowledge:read': 'oaev',
  'knowledge:write': 'oae',
  'analytics:read': 'oaev',
  'audit:read': 'o',
  'config:read': 'oaevs',
  'wallet:write': 'os',
};

const cases = Object.entries(TABLE).flatMap(([permission, roles]) =>
  ROLES.map((role) => [role, roles.includes(role.charAt(0)) ? 'may' : 'may not', permission as Permission] as const),
);

test.each(cases)('%s %s %s', (role, verdict, permission) => {
  expect(isPermitted(role, permission)).toBe(verdict === 'may');
});

test('the table has every permission', () => {
  expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(TABLE).sort());
});
