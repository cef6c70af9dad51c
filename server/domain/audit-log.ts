import { createHash } from 'node:crypto';
import * as v from 'valibot';
import {
  type AuditAct,
  type AuditEntry,
  type AuditLog,
  type AuditVerification,
  auditEntrySchema,
} from '../../shared/audit-api.ts';
import type { Actor } from '../../shared/settings-api.ts';
import type { Clock } from '../gateways/clock.ts';
import { type AuditFilter, findEntries, findLastEntry, insertEntry, walkEntries } from '../store/audit-log.ts';

/** What an admin did. `details` hold what somebody who reads the log wants to know, and never a secret. */
export type AdminAct = {
  readonly widgetId: string;
  readonly actor: Actor;
  readonly act: AuditAct;
  readonly details: Readonly<Record<string, unknown>>;
  /** When it was done; now, if it is not given. */
  readonly at?: Date;
};

/** What the first entry is chained to. */
const NO_HASH = '0'.repeat(64);

/** Appends the act. Of acts that are appended at the same time each gets a number of its own. */
export async function appendAudit(act: AdminAct, clock: Clock): Promise<void> {
  while (!(await tryAppend(act, clock)));
}

/** Appends the act, or answers `false` if another entry was written at the same moment, or its version is logged. */
export async function tryAppend({ at, ...act }: AdminAct, clock: Clock): Promise<boolean> {
  const last = await findLastEntry(act.widgetId);
  const content = {
    ...act,
    // As it will be read again: without what JSON leaves out.
    details: v.parse(v.record(v.string(), v.unknown()), JSON.parse(JSON.stringify(act.details))),
    seq: (last?.seq ?? 0) + 1,
    at: (at ?? clock.now()).toISOString(),
    previousHash: last?.hash ?? NO_HASH,
  };
  return insertEntry({ ...content, hash: hashOf(content) });
}

/** A page of the log, newest first. */
export async function readAudit(
  widgetId: string,
  { limit, ...filter }: AuditFilter & { readonly limit: number },
): Promise<AuditLog> {
  const entries = await findEntries(widgetId, { ...filter, limit });
  return { entries: [...entries], next: entries.length < limit ? null : (entries.at(-1)?.seq ?? null) };
}

/** Reads the whole log and looks for an entry that is missing, changed, added or out of its place. */
export async function verifyAudit(widgetId: string): Promise<AuditVerification> {
  let head: AuditVerification['head'] = null;
  let checked = 0;
  for await (const stored of walkEntries(widgetId)) {
    checked += 1;
    const { success, output: entry } = v.safeParse(auditEntrySchema, stored);
    if (!success || !isNext(entry, head)) return { isIntact: false, checked, brokenAt: (head?.seq ?? 0) + 1, head };
    head = { seq: entry.seq, hash: entry.hash };
  }
  return { isIntact: true, checked, brokenAt: null, head };
}

function isNext({ hash, ...content }: AuditEntry, head: AuditVerification['head']): boolean {
  const isInPlace = content.seq === (head?.seq ?? 0) + 1 && content.previousHash === (head?.hash ?? NO_HASH);
  return isInPlace && hash === hashOf(content);
}

/** SHA-256 of the entry as canonical JSON: keys sorted, no white space. */
function hashOf(content: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** The same text for the same value, in whatever order its keys were written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
