import type { AuditAct, AuditEntry } from '../../../../shared/audit-api.ts';
import { nameSections } from '../history/section-names.ts';

export const ACT_NAMES: Readonly<Record<AuditAct, string>> = {
  'widget-created': 'Widget created',
  'settings-saved': 'Settings published',
  'settings-restored': 'Settings restored',
  'key-rotated': 'Key rotated',
  'key-revoked': 'Key revoked',
  'article-saved': 'Article saved',
  'article-deleted': 'Article deleted',
};

/** What an entry of the log is about, in a line. What it does not know how to say it shows as it was written. */
export function describeAct({ act, details }: Pick<AuditEntry, 'act' | 'details'>): string {
  switch (act) {
    case 'settings-saved':
      return `Version ${details.settingsVersion}: ${nameSections(textsOf(details.sections))}`;
    case 'settings-restored':
      return `Version ${details.restoredFrom} as version ${details.settingsVersion}`;
    case 'widget-created':
    case 'key-rotated':
    case 'key-revoked':
    case 'article-saved':
    case 'article-deleted':
      return Object.entries(details)
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => `${spaced(name)}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
        .join(', ');
    default:
      return act satisfies never;
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `overlapSeconds` as "overlap seconds". */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
