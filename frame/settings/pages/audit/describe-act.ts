import type { AuditAct, AuditEntry } from '../../../../shared/audit-api.ts';
import { nameSections } from '../history/section-names.ts';
import { KEY_WORDS } from '../keys/key-words.ts';
import { OVERLAPS } from '../keys/overlaps.ts';

export const ACT_NAMES: Readonly<Record<AuditAct, string>> = {
  'widget-created': 'Widget created',
  'settings-saved': 'Settings published',
  'settings-restored': 'Settings restored',
  'key-rotated': 'Key rotated',
  'key-revoked': 'Key revoked',
  'article-saved': 'Article saved',
  'article-deleted': 'Article deleted',
};

/** What an entry of the log is about, in a line. */
export function describeAct({ act, details }: Pick<AuditEntry, 'act' | 'details'>): string {
  switch (act) {
    case 'widget-created':
      return `“${details.slug}”`;
    case 'settings-saved':
      return `Version ${details.settingsVersion}: ${nameSections(textsOf(details.sections))}`;
    case 'settings-restored':
      return `Version ${details.restoredFrom} as version ${details.settingsVersion}`;
    case 'key-rotated':
      return [`${nameOfKey(details.target)}, ${overlapOf(Number(details.overlapSeconds))}`, details.reason]
        .filter((part) => part !== '' && part !== undefined)
        .join(': ');
    case 'key-revoked':
      return nameOfKey(details.target);
    case 'article-saved':
    case 'article-deleted':
      return `“${details.title}” (${details.slug})`;
    default:
      return act satisfies never;
  }
}

function nameOfKey(target: unknown): string {
  return Object.entries(KEY_WORDS).find(([known]) => known === target)?.[1].name ?? String(target);
}

/** As the admin chose it; the API takes any other number of seconds too. */
function overlapOf(seconds: number): string {
  if (seconds === 0) return 'without overlap';
  const chosen = OVERLAPS.find(({ value }) => value === String(seconds));
  return `${chosen?.label ?? `${seconds} seconds`} of overlap`;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
